import type { Activity, AuthState, SpatioAuthError } from '@spatio-labs/auth'
import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { DevtoolsContext } from './devtools-context.js'
import { Expiry } from './expiry.js'
import { STATUS_WORDS, toDoing } from './status.js'
import { toClockTime } from './times.js'
import { useStore } from './use-store.js'

/** The state, what is under way, the token's life and the claims. */
export function SessionView({ auth, log }: Pick<DevtoolsContext, 'auth' | 'log'>): JSX.Element {
  const state = useStore(auth.subscribe, auth.getSnapshot)
  const activity = useStore(auth.subscribeActivity, auth.getActivity)
  const entries = useStore(log.subscribe, log.getEntries)
  const planned = entries.find(({ event }) => event.type === 'refresh_scheduled')?.event
  const dueAt = planned?.type === 'refresh_scheduled' ? planned.dueAt : null
  return (
    <>
      <dl class="facts">
        <Fact name="State">
          {STATUS_WORDS[state.status]}
          {state.status === 'unauthenticated' && ` (${state.reason})`}
        </Fact>
        {state.error !== null && (
          <Fact name="Error">
            <ErrorFact error={state.error} />
          </Fact>
        )}
        <Fact name="Under way">{toDoing(activity) || 'nothing'}</Fact>
        {state.isAuthenticated && <TokenFacts activity={activity} dueAt={dueAt} />}
        {state.isAuthenticated && (
          <Fact name="Scopes">
            {state.scopes.map((scope) => (
              <code key={scope} class="chip">
                {scope}
              </code>
            ))}
          </Fact>
        )}
      </dl>
      {state.isAuthenticated && <RefreshButton getAccessToken={auth.getAccessToken} />}
      {state.isAuthenticated && <Claims user={state.user} />}
    </>
  )
}

function Fact({
  name,
  children,
}: {
  readonly name: string
  readonly children: ComponentChildren
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function TokenFacts({
  activity: { expiresAt },
  dueAt,
}: {
  readonly activity: Activity
  readonly dueAt: number | null
}): JSX.Element {
  return (
    <Fact name="Access token">
      {expiresAt === null ? 'of unknown lifetime' : <Expiry key={expiresAt} expiresAt={expiresAt} />}
      {dueAt !== null && dueAt > Date.now() && <p class="soft">next refresh at {toClockTime(dueAt)}</p>}
    </Fact>
  )
}

function ErrorFact({ error }: { readonly error: SpatioAuthError }): JSX.Element {
  return (
    <>
      <a href={error.docs} target="_blank" rel="noreferrer">
        <code>{error.code}</code>
      </a>{' '}
      <span class="soft">
        in {error.phase}
        {error.oauth && ` · Spatio said ${error.oauth.error}`}
        {error.retryable && ' · may work later'}
      </span>
    </>
  )
}

function RefreshButton({ getAccessToken }: Pick<DevtoolsContext['auth'], 'getAccessToken'>): JSX.Element {
  const [outcome, setOutcome] = useState('')
  const refresh = async (): Promise<void> => {
    setOutcome('Refreshing…')
    // The token itself is of no interest here.
    const problem = await getAccessToken({ forceRefresh: true }).then(
      () => '',
      (error: SpatioAuthError) => error.code,
    )
    setOutcome(problem === '' ? 'Refreshed.' : `Not refreshed: ${problem}`)
  }
  return (
    <div class="bar">
      <button type="button" class="button" onClick={() => void refresh()}>
        Refresh the token
      </button>
      <p role="status" class="soft">
        {outcome}
      </p>
    </div>
  )
}

function Claims({ user }: { readonly user: NonNullable<AuthState['user']> }): JSX.Element {
  return (
    <table>
      <caption>Claims of the checked id_token</caption>
      <tbody>
        {Object.entries(user).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{typeof value === 'string' ? value : JSON.stringify(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
