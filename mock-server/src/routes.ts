import {
  processAvatarRequest,
  processForeignMessageScriptRequest,
  processStylesheetRequest,
} from './endpoints/assets.js'
import { processAuthorizeRequest } from './endpoints/authorize.js'
import { processConfirmRequest } from './endpoints/confirm.js'
import { processConnectedAppDeletion, processConnectedAppsRequest } from './endpoints/connected-apps.js'
import { processConsentRequest } from './endpoints/consent.js'
import { processDiscoveryRequest } from './endpoints/discovery.js'
import type { EndpointHandler } from './endpoints/endpoint-handler.js'
import { processHomeRequest } from './endpoints/home.js'
import { processIntrospectRequest } from './endpoints/introspect.js'
import { processJwksRequest } from './endpoints/jwks.js'
import { processNotesRequest } from './endpoints/notes.js'
import {
  processTokenCreation,
  processTokenDeletion,
  processTokenListRequest,
  processTokenScopesRequest,
  processTokenUpdate,
} from './endpoints/personal-access-tokens.js'
import { processRegisterRequest, refuseManagement } from './endpoints/register.js'
import { processRevokeRequest } from './endpoints/revoke.js'
import { processTokenRequest } from './endpoints/token.js'
import { processUserInfoRequest } from './endpoints/userinfo.js'
import { foreignMessageScriptPath } from './pages/foreign-message-page.js'
import { stylesheetPath } from './pages/page.js'
import type { EndpointName } from './pipeline/exchange.js'

/** One path of the authority. */
export interface Route {
  endpoint: EndpointName
  path: string
  handlers: Readonly<Partial<Record<string, EndpointHandler>>>
  /**
   * Which pages may read it: `any`, those on a `registered` client's origin, or `none`: a page the browser
   * navigates to is nobody's to fetch (RFC 9700 2.6).
   */
  cors: 'any' | 'registered' | 'none'
  /** In which words it refuses. */
  errors: 'oauth' | 'api' | 'page'
}

const managementHandlers = { GET: refuseManagement, PUT: refuseManagement, DELETE: refuseManagement }

/** Every path there is. Adding an endpoint is adding a line here and a file in `endpoints/`. */
export const routes: readonly Route[] = [
  createDocumentRoute('discovery', '/.well-known/openid-configuration', processDiscoveryRequest),
  createDocumentRoute('discovery', '/.well-known/oauth-authorization-server', processDiscoveryRequest),
  createDocumentRoute('jwks', '/.well-known/jwks.json', processJwksRequest),
  createPageRoute('authorize', '/oauth2/authorize', { GET: processAuthorizeRequest }),
  createPageRoute('consent', '/oauth2/consent', { GET: processConsentRequest }),
  createPageRoute('confirm', '/oauth2/authorize/confirm', { POST: processConfirmRequest }),
  createOAuthRoute('token', '/oauth2/token', { POST: processTokenRequest }),
  createOAuthRoute('userinfo', '/oauth2/userinfo', {
    GET: processUserInfoRequest,
    POST: processUserInfoRequest,
  }),
  createOAuthRoute('introspect', '/oauth2/introspect', { POST: processIntrospectRequest }),
  createOAuthRoute('revoke', '/oauth2/revoke', { POST: processRevokeRequest }),
  // A page registers before any client has its origin.
  { ...createOAuthRoute('register', '/oauth2/register', { POST: processRegisterRequest }), cors: 'any' },
  // Spatio has no RFC 7592: nothing is here, until a fault says so.
  { ...createOAuthRoute('registration', '/oauth2/register/:client_id', managementHandlers), cors: 'any' },
  createApiRoute('notes', '/v1/notes', { GET: processNotesRequest }),
  createApiRoute('connected-apps', '/v1/account/connected-apps', { GET: processConnectedAppsRequest }),
  createApiRoute('connected-apps', '/v1/account/connected-apps/:client_id', {
    DELETE: processConnectedAppDeletion,
  }),
  createApiRoute('personal-access-tokens', '/v1/tokens', {
    GET: processTokenListRequest,
    POST: processTokenCreation,
  }),
  createApiRoute('personal-access-tokens', '/v1/tokens/scopes', { GET: processTokenScopesRequest }),
  createApiRoute('personal-access-tokens', '/v1/tokens/:id', {
    PATCH: processTokenUpdate,
    DELETE: processTokenDeletion,
  }),
  createPageRoute('asset', stylesheetPath, { GET: processStylesheetRequest }),
  createPageRoute('asset', `/oauth2${stylesheetPath}`, { GET: processStylesheetRequest }),
  createPageRoute('asset', foreignMessageScriptPath, { GET: processForeignMessageScriptRequest }),
  createApiRoute('asset', '/avatars/:file', { GET: processAvatarRequest }),
  createUnknownRoute('/', { GET: processHomeRequest }),
]

/** What answers every other path. */
export const unknownRoute: Route = createUnknownRoute('*', {})

type Handlers = Route['handlers']

function createDocumentRoute(endpoint: EndpointName, path: string, handler: EndpointHandler): Route {
  return { endpoint, path, handlers: { GET: handler }, cors: 'any', errors: 'oauth' }
}

function createPageRoute(endpoint: EndpointName, path: string, handlers: Handlers): Route {
  return { endpoint, path, handlers, cors: 'none', errors: 'page' }
}

function createOAuthRoute(endpoint: EndpointName, path: string, handlers: Handlers): Route {
  return { endpoint, path, handlers, cors: 'registered', errors: 'oauth' }
}

function createApiRoute(endpoint: EndpointName, path: string, handlers: Handlers): Route {
  return { endpoint, path, handlers, cors: 'registered', errors: 'api' }
}

/** A path that Spatio does not have, whatever a person is shown there. */
function createUnknownRoute(path: string, handlers: Handlers): Route {
  return { endpoint: 'unknown', path, handlers, cors: 'none', errors: 'api' }
}
