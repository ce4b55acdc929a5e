import type { Check } from './check.js'
import { appCoop } from './checks/app-coop.js'
import { appCsp } from './checks/app-csp.js'
import { authorizeAccepts } from './checks/authorize-accepts.js'
import { callbackAnswers } from './checks/callback-answers.js'
import { clockDifference } from './checks/clock-difference.js'
import { corsDocuments } from './checks/cors-documents.js'
import { corsToken } from './checks/cors-token.js'
import { corsUserinfo } from './checks/cors-userinfo.js'
import { documentsEqual } from './checks/documents-equal.js'
import { endpointsSecure } from './checks/endpoints-secure.js'
import { issuerEqual } from './checks/issuer-equal.js'
import { jwksUsable } from './checks/jwks-usable.js'
import { metadataReachable } from './checks/metadata-reachable.js'
import { pkceS256 } from './checks/pkce-s256.js'
import { redirectOrigin } from './checks/redirect-origin.js'

/** By what they look at, each after what it needs. */
export const CHECK_GROUPS: readonly { readonly name: string; readonly checks: readonly Check[] }[] = [
  {
    name: 'The authority',
    checks: [
      ...[metadataReachable, issuerEqual, documentsEqual, endpointsSecure, pkceS256, jwksUsable],
      clockDifference,
    ],
  },
  { name: 'The client', checks: [redirectOrigin, authorizeAccepts, corsDocuments, corsToken, corsUserinfo] },
  { name: 'The app', checks: [callbackAnswers, appCsp, appCoop] },
]
