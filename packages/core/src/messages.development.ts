import type { SpatioAuthErrorCode } from './error-code.js'

/** What happened, and what the developer or the user can do. docs/errors.md is made of these: `npm run error-pages`. */
export const SENTENCES: Record<SpatioAuthErrorCode, string> = {
  config_invalid:
    'What the client or a binding was given is wrong; what is named here says where. `client is missing`: pass what ' +
    'createSpatioAuth returned. `second client`: one provider or plugin per app. `versions`: install one of them.',
  crypto_unavailable: 'crypto.subtle is missing: serve the app over https or from localhost.',
  environment_unsupported:
    'There is no window here. Call this in a browser, not while rendering on a server.',
  insecure_endpoint: 'An endpoint or an option is plain http. Use https; only loopback hosts may use http.',
  pkce_unsupported:
    'The authority excludes PKCE with S256, and there is no fallback to plain. Enable S256 at the authority.',
  client_disposed: 'The client was disposed while this call was under way. Call ready() to start it again.',
  engine_load_failed:
    'Code that is loaded late, for tokens or for a sign-in, did not come. The session is kept; try again when online, or reload the page.',
  provider_missing:
    'useSpatioAuth was called outside <SpatioAuthProvider client={auth}>, or before setSpatioAuth(auth). Wrap the app.',
  plugin_missing:
    'useSpatioAuth was called in an app without the plugin. Add app.use(createSpatioAuthPlugin(auth)).',
  outside_injection:
    'useSpatioAuth was called where Vue cannot inject: after an await, or outside setup. Call it before the first ' +
    'await, or use the object that createSpatioAuthPlugin returned.',
  client_duplicate:
    'Two clients with one issuer and one clientId run in this page. They share what they store, and one takes the ' +
    "other's callback. Call createSpatioAuth once, in a module of its own. After a hot update of it: reload the page.",
  discovery_failed:
    'The metadata of the authority could not be fetched (network, CORS or a server fault). Check that the authority runs, `issuer`, and that this origin is registered, then try again.',
  discovery_invalid:
    "The metadata of the authority is not a valid document, or a captive portal answered. Open the issuer's /.well-known/openid-configuration and correct what is named here.",
  issuer_mismatch:
    "The metadata names another issuer, or an endpoint that is not on the issuer's origin. Set `issuer` to the exact string the authority uses.",
  metadata_missing:
    'The metadata of the authority lacks a member that this call needs. Add it at the authority.',
  interaction_in_progress:
    'A sign-in is open in another window already. It was brought to the front; finish it there.',
  navigation_cancelled: 'The browser did not leave the page, so sign-in did not start. Try again.',
  login_loop_detected: 'Three sign-ins started within a minute. Find out why the app asks again and again.',
  return_to_rejected: '`returnTo` is not a page of this origin. The user goes to the default route instead.',
  framed: 'Sign-in by redirect was refused inside a frame. Open the app in a window of its own.',
  preload_unauthenticated:
    'Nobody is signed in, and a router that only preloads must not leave the page. Ignore this error.',
  state_missing:
    'The answer carries no state, so it cannot belong to a sign-in of this tab. Start the sign-in again from the app.',
  state_mismatch:
    'No sign-in of this tab started with this state. The link is forged, old, or from another tab, host name or browser. Start the sign-in again from the app.',
  state_replayed: 'This callback was used before. The session is kept; there is nothing to do.',
  transaction_expired: 'The sign-in took longer than `transactionLifetime`. Start it again.',
  callback_overdue:
    'A sign-in left for the authority, and nothing came back within `transactionLifetime`. Was there an error page? ' +
    'Register the redirect URI named here, letter by letter. Is the code still in the address bar? Start the client there.',
  callback_malformed:
    'The answer of the authority is malformed. Start the sign-in again; if it repeats, look at what stands in front of the authority.',
  callback_duplicate_param:
    'The answer of the authority repeats a parameter, so it was not used. Start the sign-in again from the app.',
  unexpected_response_params:
    'The answer carries tokens in the URL. They were not used: take the implicit flow off this client at the authority.',
  response_iss_missing:
    'The answer lacks the `iss` that the authority promises (RFC 9207). Start the sign-in again; if it repeats, correct the authority.',
  response_iss_mismatch:
    'The answer comes from another issuer (RFC 9207), perhaps an attack. It was not used. Start the sign-in again from the app.',
  authorization_error:
    'The authority refused the sign-in. `oauth` says why; `retryable` tells whether to try again.',
  login_required: 'The user has to sign in at the authority first. Call signIn() without prompt none.',
  interaction_required: 'The user has to act at the authority first: call signIn() with the scopes you need.',
  consent_required: 'The user has to consent at the authority first. Call signIn() without prompt none.',
  account_selection_required:
    'The user has to choose an account at the authority first. Call signIn() without prompt none.',
  popup_blocked:
    'The browser opened no window. Call signIn directly in a click handler, or use the redirect.',
  popup_closed: 'The user closed the window before the sign-in was finished. Offer the sign-in again.',
  popup_timeout: 'No answer came from the window within `transactionLifetime`. Start the sign-in again.',
  popup_orphaned:
    'The page at `relayPath` has an answer that no page waits for any more. Close it and sign in again.',
  silent_timeout:
    'The authority did not answer in the hidden frame. It may refuse to be framed. The session is unchanged; call signIn().',
  token_request_failed: 'The token endpoint gave no usable answer. Start a new sign-in.',
  token_endpoint_error:
    'The token endpoint refused the request. `oauth` says why: for invalid_grant start a new sign-in, for invalid_client check the registration.',
  token_response_invalid:
    'The answer of the token endpoint is not a valid token response. Nothing was stored. Correct the authority, or what stands in front of it.',
  token_type_unsupported:
    'The token endpoint issued a token that is not a Bearer token. Nothing was stored. Register the client for Bearer tokens.',
  id_token_missing:
    'The token response holds no id_token although openid was asked for. Allow the scope openid for this client at the authority.',
  scope_insufficient:
    'A scope of `requiredScopes` was not granted. Ask the user again, or allow the scope for this client at the authority.',
  timeout: 'No answer came in time. Try again, or raise `requestTimeout`.',
  redirect_rejected:
    'A redirect was answered where none may be followed: it could take secrets elsewhere. Name the final URL in the metadata or the call.',
  id_token_malformed: 'The id_token is not a JWT we accept. Nobody was signed in. Correct the authority.',
  id_token_alg_rejected:
    'The id_token is signed with an algorithm that is not allowed here. Sign with RS256, or list the algorithm in the metadata.',
  id_token_signature_invalid:
    'The signature of the id_token is wrong. Nobody was signed in. If it repeats, compare the keys at jwks_uri with those that sign.',
  id_token_claim_missing:
    'The id_token lacks a claim it must have. Nobody was signed in. Correct the authority.',
  id_token_iss_mismatch:
    "The id_token names another issuer. Nobody was signed in. `iss` and the metadata's issuer must be one string.",
  id_token_aud_mismatch: 'The id_token is not meant for this client. Nobody was signed in. Check `clientId`.',
  id_token_aud_untrusted:
    'The id_token names a further audience that is not trusted. Nobody was signed in. Issue it to this client alone.',
  id_token_azp_mismatch: 'The id_token was issued to another client. Nobody was signed in. Check `clientId`.',
  id_token_expired: 'The id_token has expired. If the device clock is wrong, set it; then sign in again.',
  id_token_not_yet_valid:
    'The id_token is not valid yet. If the device clock is wrong, set it; then sign in again.',
  id_token_iat_out_of_range:
    'The id_token is too old or from the future. If the device clock is wrong, set it; then sign in again.',
  id_token_nonce_missing:
    "The id_token lacks the nonce of this sign-in, so it may be another one's. Nobody was signed in. Correct the authority.",
  id_token_nonce_mismatch:
    'The id_token carries the nonce of another sign-in, perhaps an attack. Nobody was signed in. Start the sign-in again from the app.',
  id_token_at_hash_mismatch:
    'The access token is not the one the id_token was issued with. Nobody was signed in. Start the sign-in again from the app.',
  id_token_auth_time_stale:
    'The user signed in at the authority longer ago than `maxAge` allows. Call signIn() with prompt login.',
  jwks_fetch_failed:
    'The keys of the authority could not be fetched, so the id_token cannot be checked. Try again when jwks_uri answers.',
  jwks_invalid: 'The keys of the authority are not a valid JWK set. Correct what jwks_uri answers.',
  jwks_key_not_found:
    'No key of the authority fits the id_token. Publish the key that signs at jwks_uri, with its kid.',
  refresh_transient:
    'The session could not be refreshed just now. It is kept and tried again; there is nothing to do.',
  refresh_rejected: 'The authority does not let this client refresh. Check how the client is registered.',
  refresh_token_missing: 'The token has expired and there is no refresh token. Sign in again.',
  refresh_reuse_suspected:
    'The answer to an earlier refresh was lost and the token is used up. Sign in again.',
  session_expired: 'The authority ended the session. Sign in again.',
  subject_changed: 'The authority answered for another user. The session was ended; sign in again.',
  refresh_issuer_changed:
    'The refreshed id_token names another issuer. The session was ended; sign in again.',
  refresh_audience_changed:
    'The refreshed id_token is meant for another client. The session was ended; sign in again.',
  refresh_auth_time_changed:
    'The refreshed id_token belongs to another login. The session was ended; sign in again.',
  userinfo_failed: 'Userinfo gave no usable answer. The session is kept; try again later.',
  userinfo_invalid:
    "The answer of userinfo is not a JSON object with the user's sub. It was not used. Correct the authority.",
  userinfo_subject_mismatch:
    'Userinfo answered for another user. None of its claims were used. Correct the authority.',
  introspection_failed: 'The introspection endpoint gave no usable answer. Try again later.',
  introspection_invalid:
    'The answer of the introspection endpoint is not valid. It was not used. Correct the authority.',
  registration_failed: 'The client was not registered. `oauth` says why; correct the metadata it names.',
  registration_invalid: 'The authority registered something else than was asked for. Do not use that client.',
  revocation_failed:
    'The authority revoked nothing. After signOut() the user is signed out here all the same; after disconnectApp() nothing has changed: try again.',
  storage_unavailable:
    'The browser gives no access to storage. Allow site data for this page, or use storage memory.',
  storage_quota: 'The browser storage is full. Free some of it, for this origin, and try again.',
  storage_corrupt: 'What was stored is not readable. It was removed; sign in again.',
  not_authenticated: 'Nobody is signed in. Call signIn() first.',
  foreign_origin_rejected:
    'The token is not sent to this origin. List it in `allowedOrigins` if it is yours.',
  aborted: 'The call was aborted by its signal. That was asked for; there is nothing to do.',
  test_redirect: 'A guard would send the visitor to Spatio here. createTestAuth performs no redirect.',
}

/** What is wrong with an option that is named by itself. */
const OPTION_FACTS: Record<string, string> = {
  clientId:
    'clientId is missing: if an env file holds it, check where the file is and what it is called there',
  scope: 'scope must hold openid',
  storage: 'storage is not session, memory, local or a storage of your own',
  'clockTolerance > 300': 'clockTolerance is more than 300 seconds',
  docsUrl: 'docsUrl is not an https URL',
  issuer: 'issuer is not an issuer URL, or not https',
  redirectPath: 'redirectPath is not a path without a fragment',
  redirectUri: 'redirectUri is not an https URL without a fragment',
  silentOnLoad: 'silentOnLoad is not off, redirect or iframe',
  relayPath: 'relayPath is not a path without a fragment',
  'relayPath is missing': 'popups and frames need relayPath, which is missing',
  algs: 'the authority signs id_tokens by no algorithm that this client takes',
  allowedOrigins: 'allowedOrigins holds something that is not an origin',
  ...Object.fromEntries(
    'refreshBefore requestTimeout lockTimeout readyTimeout transactionLifetime clockTolerance maxTokenAge idleTimeout'
      .split(' ')
      .map((name) => [name, `${name} is not a number of seconds`]),
  ),
}

/** Development: a sentence that says what to do, chosen by the `development` export condition. */
export function describeError(code: SpatioAuthErrorCode, detail: string | undefined, docs: string): string {
  const isOption = code === 'config_invalid' || code === 'insecure_endpoint'
  const fact = detail === undefined ? '' : ` [${isOption ? (OPTION_FACTS[detail] ?? detail) : detail}]`
  return `${code}: ${SENTENCES[code]}${fact} See ${docs}`
}
