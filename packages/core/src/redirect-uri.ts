import type { FrontOptions } from './options.js'

/** The redirect URI as it is sent and compared. */
export function toRedirectUri({ redirectUri, redirectPath }: FrontOptions, origin: string): string {
  return redirectUri ?? new URL(redirectPath, origin).href
}
