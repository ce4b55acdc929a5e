/** The variables an app reads, without the prefix by which its bundler lets a page see them. */
export const ENV_NAMES = { clientId: 'SPATIO_CLIENT_ID', issuer: 'SPATIO_ISSUER' } as const

/** Vite's. */
export const DEFAULT_PREFIX = 'VITE_'
