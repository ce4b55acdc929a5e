import { caseTest } from '@spatio-labs/cases'
import { changeEndpoint, forgeIdToken } from './kit/forge.js'
import { observeRefresh, type Observed } from './kit/observe.js'
import { World, type Intercept } from './kit/world.js'

/** A signed-in page, then something that goes wrong with its next refresh. */
async function refreshAfter(...intercepts: Intercept[]): Promise<Observed> {
  const world = new World()
  const page = await world.signIn()
  world.intercepts.push(...intercepts)
  return observeRefresh(page)
}

const claims = (change: Record<string, unknown>): Intercept =>
  forgeIdToken({ claims: (earlier) => ({ ...earlier, ...change }) })

caseTest('REF-21', 'ends the session when the answer is for another user', () =>
  refreshAfter(claims({ sub: 'usr_jonas' })),
)
caseTest('REF-22', 'ends the session when the issuer changed', () =>
  refreshAfter(claims({ iss: 'http://127.0.0.1:44001' })),
)
caseTest('REF-23', 'ends the session when the audience changed', () =>
  refreshAfter(claims({ aud: 'demo-app1' })),
)
caseTest('REF-24', 'ends the session when auth_time changed', () =>
  refreshAfter(claims({ auth_time: 1_700_000_000 })),
)
caseTest('REF-25', 'accepts a refreshed id_token without nonce', () =>
  refreshAfter(claims({ nonce: undefined })),
)
caseTest('REF-25', 'refuses a refreshed id_token with another nonce', () =>
  refreshAfter(claims({ nonce: 'other' })),
)
caseTest('REF-27', 'keeps the claims when the answer has no id_token', () =>
  refreshAfter(changeEndpoint('/oauth2/token', ({ id_token: _, ...body }) => body)),
)
caseTest('REF-28', 'ends the session when the refreshed id_token is unsigned', () =>
  refreshAfter(forgeIdToken({ compact: (token) => token.replace(/[^.]+$/, '') })),
)
