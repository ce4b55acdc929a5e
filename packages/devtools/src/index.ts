export { mountSpatioDevtools } from '#mount'
export type { MockAccess, SpatioDevtoolsOptions } from './devtools-options.js'
