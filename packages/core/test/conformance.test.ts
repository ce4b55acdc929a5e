import { describe, expect, it, vi } from 'vitest'
import { SpatioAuthError } from '../src/errors.js'
import { REAL, TEST, type Subject } from './kit/conformance-subjects.js'
import { ISSUER } from './kit/world.js'

const codeOf = (error: unknown): string => (error as { code: string }).code
const HOUR = 3_600_000

/** The names of the events that any client tells, in order; what only a network brings is left out. */
function told({ events }: Subject, from = 0): string[] {
  const ofNetwork = ['request', 'refresh_scheduled', 'jwks_refetched', 'clock_offset', 'tab_message']
  return events
    .slice(from)
    .map(({ type }) => type)
    .filter((type) => !ofNetwork.includes(type))
}

describe.each([REAL, TEST])('$title', (kind) => {
  it('refuses a token, a request and a user with a SpatioAuthError while signed out', async () => {
    const { auth } = await kind.signedOut()
    await expect(auth.getAccessToken()).rejects.toBeInstanceOf(SpatioAuthError)
    await expect(auth.getAccessToken()).rejects.toMatchObject({ code: 'not_authenticated', phase: 'fetch' })
    await expect(auth.fetch(`${ISSUER}/v1/notes`)).rejects.toMatchObject({ code: 'not_authenticated' })
    await expect(auth.requireUser({ preload: true })).rejects.toMatchObject({
      code: 'preload_unauthenticated',
    })
  })

  it('answers userinfo and introspection for the signed-in user, and nobody else', async () => {
    const { auth } = await kind.signedIn()
    const { sub } = await auth.getUserInfo()
    expect(sub).toBe(auth.getSnapshot().user?.sub)
    await expect(auth.introspect()).resolves.toMatchObject({ active: true, tokenType: 'oauth', userId: sub })
    await expect(auth.introspect('tok_unknown')).resolves.toEqual({ active: false })
    const nobody = await kind.signedOut()
    await expect(nobody.auth.getUserInfo()).rejects.toMatchObject({ code: 'not_authenticated' })
    await expect(nobody.auth.introspect()).rejects.toMatchObject({ code: 'not_authenticated' })
  })

  it('refuses to send the token to a foreign origin', async () => {
    const { auth, sent } = await kind.signedIn()
    await expect(auth.fetch('https://evil.example/')).rejects.toMatchObject({
      code: 'foreign_origin_rejected',
    })
    expect(sent).toEqual([])
  })

  it('refuses a scope that was not granted, and opens no UI for it', async () => {
    const { auth, events } = await kind.signedIn()
    const count = events.length
    await expect(auth.getAccessToken({ scope: 'write:*' })).rejects.toMatchObject({
      code: 'interaction_required',
    })
    expect(events).toHaveLength(count)
  })

  it('refuses a user who does not fulfil `when`', async () => {
    const { auth } = await kind.signedIn()
    await expect(auth.requireUser({ when: () => false })).rejects.toMatchObject({
      code: 'interaction_required',
    })
  })

  it('refuses with the error of a failed sign-in', async () => {
    const { auth } = await kind.failed()
    expect(auth.getSnapshot()).toMatchObject({ status: 'error', isAuthenticated: false, user: null })
    expect(auth.getSnapshot().error).toBeInstanceOf(SpatioAuthError)
    await expect(auth.requireUser()).rejects.toMatchObject({ code: 'state_mismatch' })
  })

  it('starts loading, which is what a server renders', () => {
    const { auth } = kind.loading()
    expect(auth.getSnapshot()).toBe(auth.getServerSnapshot())
    expect(auth.getSnapshot()).toMatchObject({
      status: 'loading',
      isAuthenticated: false,
      user: null,
      scopes: [],
    })
  })

  it('gives the same frozen snapshot until something changed', async () => {
    const { auth } = await kind.signedIn()
    expect(auth.getSnapshot()).toBe(auth.getSnapshot())
    expect(auth.getActivity()).toBe(auth.getActivity())
    for (const part of [auth, auth.getSnapshot(), auth.getActivity(), auth.getSnapshot().user]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it('has bound methods', async () => {
    const { ready, getSnapshot, getAccessToken } = (await kind.signedIn()).auth
    await expect(ready()).resolves.toBe(getSnapshot())
    await expect(getAccessToken()).resolves.toMatch(/^tok_/)
  })

  it('gives the user to a guard', async () => {
    const { auth } = await kind.signedIn()
    await expect(auth.requireUser({ when: ({ scopes }) => scopes.includes('email') })).resolves.toBe(
      auth.getSnapshot().user,
    )
  })

  it('sends the token to the API', async () => {
    const { auth, sent } = await kind.signedIn()
    const response = await auth.fetch(`${ISSUER}/v1/notes`, { headers: { accept: 'text/plain' } })
    expect(response.status).toBe(204)
    expect(sent[0]?.headers.get('authorization')).toBe(`Bearer ${await auth.getAccessToken()}`)
    expect(sent[0]?.headers.get('accept')).toBe('text/plain')
  })

  it('takes the call of the official SDK', async () => {
    const { auth } = await kind.signedIn()
    await expect(auth.getAccessToken('bearerAuth', [])).resolves.toBe(await auth.getAccessToken())
  })
})

describe.each([REAL, TEST])('a refresh of $title', (kind) => {
  it('changes the token and the activity, and neither the state nor the user', async () => {
    const { auth } = await kind.signedIn()
    const [state, token, activity] = [auth.getSnapshot(), await auth.getAccessToken(), auth.getActivity()]
    const listener = vi.fn()
    auth.subscribe(listener)
    await expect(auth.getAccessToken({ forceRefresh: true })).resolves.not.toBe(token)
    expect(auth.getSnapshot()).toBe(state)
    expect(listener).not.toHaveBeenCalled()
    expect(auth.getActivity()).toMatchObject({ isRefreshing: false, pending: null })
    expect(activity.expiresAt).toBeTypeOf('number')
  })

  it('tells its start and its end', async () => {
    const subject = await kind.signedIn()
    const from = subject.events.length
    await subject.auth.getAccessToken({ forceRefresh: true })
    expect(told(subject, from)).toEqual(['refresh_started', 'refreshed'])
  })

  it('is made ahead of expiry by itself', async () => {
    const subject = await kind.signedIn()
    const token = await subject.auth.getAccessToken()
    const from = subject.events.length
    await subject.advance(HOUR - 30_000)
    expect(told(subject, from)).toEqual(['refresh_started', 'refreshed'])
    await expect(subject.auth.getAccessToken()).resolves.not.toBe(token)
  })

  it('shows a user whose claims changed, and keeps the scopes', async () => {
    const { auth, nextRefresh } = await kind.signedIn()
    const { user, scopes } = auth.getSnapshot()
    nextRefresh({ name: 'Mira Renamed' })
    await auth.getAccessToken({ forceRefresh: true })
    expect(auth.getSnapshot().user).toEqual({ ...user, name: 'Mira Renamed' })
    expect(auth.getSnapshot().scopes).toBe(scopes)
    const renamed = auth.getSnapshot()
    await auth.getAccessToken({ forceRefresh: true })
    expect(auth.getSnapshot()).toBe(renamed)
  })

  it('that is refused ends the session', async () => {
    const subject = await kind.signedIn()
    subject.nextRefresh('session_expired')
    const from = subject.events.length
    await expect(subject.auth.getAccessToken({ forceRefresh: true })).rejects.toMatchObject({
      code: 'session_expired',
    })
    expect(subject.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'expired' })
    expect(told(subject, from)).toEqual(['refresh_started', 'refresh_failed', 'state_changed', 'signed_out'])
    expect(subject.auth.getActivity().expiresAt).toBeNull()
  })

  it('that cannot be made yet keeps the session, and says so once the token has expired', async () => {
    const { auth, nextRefresh, advance } = await kind.signedIn()
    const state = auth.getSnapshot()
    nextRefresh('offline')
    await expect(auth.getAccessToken({ forceRefresh: true })).rejects.toMatchObject({
      code: 'refresh_transient',
      retryable: true,
    })
    expect(auth.getSnapshot()).toBe(state)
    await advance(HOUR + 60_000)
    await expect(auth.getAccessToken().catch(codeOf)).resolves.toBe('refresh_transient')
    expect(auth.getSnapshot()).toMatchObject({
      status: 'authenticated',
      user: state.user,
      error: { code: 'refresh_transient' },
    })
  })
})

describe.each([REAL, TEST])('the end of a session of $title', (kind) => {
  it('by a sign-out is told to whoever listens', async () => {
    const subject = await kind.signedIn()
    const from = subject.events.length
    const listener = vi.fn()
    const unsubscribe = subject.auth.subscribe(listener)
    await subject.auth.signOut()
    expect(subject.auth.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'signed-out' })
    expect(told(subject, from)).toEqual(['state_changed', 'signed_out'])
    expect(listener).toHaveBeenCalledTimes(1)
    unsubscribe()
    await expect(subject.auth.requireUser()).rejects.toMatchObject({ code: 'not_authenticated' })
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('in another tab is shown here', async () => {
    const subject = await kind.signedIn()
    await subject.signOutElsewhere()
    expect(subject.auth.getSnapshot()).toMatchObject({ reason: 'signed-out-elsewhere' })
    expect(told(subject).slice(-2)).toEqual(['state_changed', 'signed_out'])
  })

  it('does not hinder a listener that another one throws', async () => {
    const { auth } = await kind.signedIn()
    const listener = vi.fn()
    auth.on('signed_out', () => {
      throw new Error('a mistake of the app')
    })
    auth.on('signed_out', listener)
    await auth.signOut()
    expect(listener).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ type: 'signed_out', reason: 'signed-out', code: null }),
    )
  })
})
