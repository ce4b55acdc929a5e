import { SpatioAuthError } from '../errors.js'
import { toRedirectUri } from '../redirect-uri.js'
import { itemKey } from '../storage-names.js'
import type { DiscardedTokens, SignInResult } from '../protocol/authorization-response.js'
import type { TokenSet } from '../protocol/token-set.js'
import type { AuthState } from '../session/auth-state.js'
import { toUserMark } from '../session/user-mark.js'
import { showNobody } from '../client/front.js'
import { storedNames, type Callback } from '../client/take-callback.js'
import { revokeTokens } from './revoke-tokens.js'
import type { ClientContext } from './client-context.js'
import { navigateWithin, toReturnTo } from './return-to.js'
import { loseSession } from './refresher.js'
import { allowSilentSignIn } from './sign-in-marks.js'

/** Finishes a sign-in, or reports why not; an earlier session is untouched by a refused one. */
export async function processCallback(context: ClientContext, callback: Callback): Promise<void> {
  const { view, emit, environment, options } = context
  emit('callback_received', { outcome: new URLSearchParams(callback.query).has('error') ? 'error' : 'code' })
  if (environment.isFramed())
    return refuseCallback(context, new SpatioAuthError('framed', { phase: 'callback' }))
  // Forged, or used before: nothing here can prove it, so nothing is asked of anyone.
  if (!isKnown(context, callback))
    return refuseCallback(context, new SpatioAuthError('state_mismatch', { phase: 'callback' }))
  const generation = context.generation()
  view.showActivity({ pending: 'callback' })
  callback.owner = context
  try {
    const engine = await context.loadEngine()
    if (callback.owner !== context || (context.isDisposed() && callback.result === undefined)) return
    const result = await (callback.result ??= engine.processAuthorizationResponse(
      callback.query,
      callback.metadata,
    ))
    // Started again meanwhile: the answer is the later start's.
    if (callback.owner !== context) return
    callback.isFinished = true
    const isLate = generation !== context.generation() || context.isDisposed()
    if (isLate || result.kind === 'refused') {
      discard(context, result.kind === 'refused' ? result.discarded : result.tokenSet)
    }
    if (isLate) return
    view.appState = result.transaction?.appState ?? null
    if (result.kind === 'signed-in') await accept(context, result).catch(passUserChange)
    else if (result.transaction?.isSilent) refuseSilently(context, result.error)
    else refuseCallback(context, result.error)
    const redirectUri = toRedirectUri(options, environment.location.origin)
    if (result.transaction !== null)
      navigateWithin(
        context,
        toReturnTo(result.transaction.returnTo, environment.location.origin, redirectUri),
      )
  } finally {
    view.showActivity({ pending: null })
  }
}

/**
 * Finishes a sign-in that did not leave the page; what fails is told to its caller only.
 * @throws SpatioAuthError
 */
export async function finishInPlace(
  context: ClientContext,
  result: SignInResult,
  generation: number,
): Promise<AuthState> {
  const phase = 'callback'
  const isRefused = result.kind === 'refused'
  context.emit('callback_received', { outcome: isRefused ? 'error' : 'code' })
  const isLate = generation !== context.generation() || context.isDisposed()
  if (isLate || isRefused) discard(context, isRefused ? result.discarded : result.tokenSet)
  if (context.isDisposed()) throw new SpatioAuthError('client_disposed', { phase })
  if (isRefused) throw result.error
  // Signed out, or in otherwise, while the user was away.
  if (isLate) throw new SpatioAuthError('aborted', { phase })
  await accept(context, result)
  return context.view.state.get()
}

/** This tab holds, or held, the transaction of its state. */
function isKnown({ front, options }: ClientContext, { query }: Callback): boolean {
  const [state = '', ...more] = new URLSearchParams(query).getAll('state')
  // Which one it would be, or that it is missing, is the engine's to say.
  if (state === '' || more.length > 0) return true
  return [itemKey(options, 'transaction:'), itemKey(options, 'used:')].some((prefix) =>
    storedNames(front.tab, prefix).includes(state),
  )
}

/** Stores who signed in, unless nobody was asked and it is somebody else (OIDC Core 3.1.2.1). */
async function accept(
  context: ClientContext,
  { tokenSet, transaction }: Extract<SignInResult, { readonly kind: 'signed-in' }>,
): Promise<void> {
  const earlier = context.store.current()
  if (!transaction.isSilent || earlier === null || isSameUser(earlier, tokenSet))
    return commit(context, tokenSet)
  const error = new SpatioAuthError('subject_changed', { phase: 'callback' })
  discard(context, tokenSet)
  discard(context, earlier)
  loseSession(context, 'session', 'user-changed', error)
  throw error
}

function isSameUser(earlier: Pick<TokenSet, 'user'>, later: Pick<TokenSet, 'user'>): boolean {
  return earlier.user.sub === later.user.sub
}

/** The session has ended by then, and the state says why. */
function passUserChange(error: unknown): void {
  if (!(error instanceof SpatioAuthError) || error.code !== 'subject_changed') throw error
}

/** Every check has passed: the session is stored, then shown. */
async function commit(context: ClientContext, tokenSet: TokenSet): Promise<void> {
  const { store, view, emit, options, environment } = context
  const earlier = store.current()
  const id = [...environment.crypto.getRandomValues(new Uint8Array(16))].map((byte) =>
    byte.toString(16).padStart(2, '0'),
  )
  const { issuer, clientId } = options
  const session = {
    version: 2,
    issuer,
    clientId,
    id: id.join(''),
    revision: 0,
    ...tokenSet,
    userMark: toUserMark(tokenSet.user),
    attemptedAt: null,
  } as const
  // Before anybody can find the session: a tab that has been idle must not end it.
  context.tellInput(environment.now())
  await store.begin(session).catch((error: unknown) => {
    discard(context, tokenSet)
    throw error
  })
  context.nextGeneration()
  allowSilentSignIn(context)
  // A later start finds it.
  if (context.isDisposed()) return
  view.showSession(session, null)
  emit('signed_in', { scopes: session.scope.split(' ') })
  if (earlier !== null && !isSameUser(earlier, session)) emit('user_changed', {})
  context.watch()
}

/** A refused callback beside a live session is a note; without one it is the state. */
export function refuseCallback(
  { store, view, emit, endIfIdle }: ClientContext,
  error: SpatioAuthError,
): void {
  endIfIdle()
  const session = store.current()
  // A reload of a used callback keeps the session; without one it is a link like any forged one.
  if (error.code === 'state_replayed') {
    if (session === null) return view.showError(new SpatioAuthError('state_mismatch', { phase: 'callback' }))
    emit('warning', { code: 'state_replayed' })
    return view.showSession(session, null)
  }
  if (session === null) return view.showError(error)
  view.showSession(session, error)
}

/** Nobody asked for this sign-in, so nobody is shown that it failed. */
export function refuseSilently(
  { store, view, emit, endIfIdle }: ClientContext,
  { code }: SpatioAuthError,
): void {
  endIfIdle()
  if (!/_required$/.test(code)) emit('warning', { code })
  const session = store.current()
  if (session !== null) return view.showSession(session, null)
  showNobody(view)
}

/** Tokens that nobody may use: refused ones, or those of an answer that came after a sign-out. */
function discard(context: ClientContext, tokens: DiscardedTokens | null): void {
  if (tokens === null) return
  void revokeTokens(context, tokens.revocationEndpoint, [tokens.refreshToken, tokens.accessToken])
}
