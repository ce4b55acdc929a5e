import type { FrontOptions, ResolvedOptions } from './options.js'

const DEFAULTS = {
  scope: 'openid profile email',
  allowedOrigins: [],
  refreshBefore: 60,
  lockTimeout: 60,
  transactionLifetime: 600,
  clockTolerance: 60,
  maxTokenAge: 600,
  reauthenticateAfterSignOut: true,
  requiredScopes: [],
}

/** Fills in the defaults of what goes on beside the front. */
export function completeOptions(options: FrontOptions): ResolvedOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return { ...DEFAULTS, ...(Object.fromEntries(given) as unknown as FrontOptions) }
}
