/**
 * The devtools whatever the bundler builds for, for a deployed preview. Everything else is as in
 * `@spatio-labs/auth-devtools`, which a production build empties.
 *
 * @module
 */

export { mountSpatioDevtools } from './mount-spatio-devtools.js'
export type { MockAccess, SpatioDevtoolsOptions } from './devtools-options.js'
