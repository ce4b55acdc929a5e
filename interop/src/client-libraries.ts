import type { ClientLibrary } from './relying-party.js'
import { authJs } from './relying-parties/auth-js.js'
import { oauth4webapi, oauth4webapiWithSignatures } from './relying-parties/oauth4webapi.js'
import { oidcClientTs } from './relying-parties/oidc-client-ts.js'
import { openidClient, openidClientWithSignatures } from './relying-parties/openid-client.js'
import { spatioTs } from './relying-parties/spatio-ts.js'

/** Every client, in the order of the table's columns. */
export const clientLibraries: readonly ClientLibrary[] = [
  openidClient,
  openidClientWithSignatures,
  oauth4webapi,
  oauth4webapiWithSignatures,
  oidcClientTs,
  authJs,
  spatioTs,
]
