import { base64url } from 'jose'
import type { RandomSource } from './random-source.js'

/**
 * What an id is of, which is the prefix it has: authorization code, grant, access token, refresh token, login
 * session, authorization request, browser, personal access token and its id, client, client secret, registration
 * access token.
 */
export type IdKind =
  'cod_' | 'grt_' | 'tok_' | 'rft_' | 'ses_' | 'req_' | 'brw_' | 'pat_' | 'ptk_' | 'app_' | 'sec_' | 'rat_'

/** Makes the ids, codes and tokens of an authority; no two may be alike. */
export type IdSource = (kind: IdKind) => string

/** The kind and 32 random bytes as 43 base64url characters: well above RFC 6749 10.10's 128 bits. */
export function createIdSource(random: RandomSource): IdSource {
  return (kind) => kind + base64url.encode(random(32))
}
