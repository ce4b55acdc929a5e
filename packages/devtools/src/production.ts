// Asked for: the devtools whatever the bundler builds for.
export { mountSpatioDevtools } from './mount-spatio-devtools.js'
export type { MockAccess, SpatioDevtoolsOptions } from './devtools-options.js'
