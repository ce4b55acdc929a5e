import { SpatioAuthError } from '@spatio-labs/auth/registration'
import { CliError, EXIT } from '../cli-error.js'
import { INVOCATION } from '../invocation.js'

/** What the last answer said beside its body; an error of the client does not tell it. */
export interface SeenAnswer {
  readonly status: number
  readonly retryAfter: string | null
}

/** The global fetch, which remembers how the last request was answered. */
export function createRecordingFetch(): { fetch: typeof fetch; last: () => SeenAnswer | null } {
  let last: SeenAnswer | null = null
  return {
    fetch: async (input, init) => {
      last = null
      const response = await fetch(input, init)
      last = { status: response.status, retryAfter: response.headers.get('retry-after') }
      return response
    },
    last: () => last,
  }
}

interface Circumstances {
  readonly issuer: string
  readonly seen: SeenAnswer | null
  /** ms since the epoch. */
  readonly now: number
}

/** Why nothing was registered, in words for the person who tried. What is not ours is thrown as it is. */
export function toRefusal(error: unknown, circumstances: Circumstances): unknown {
  if (!(error instanceof SpatioAuthError)) return error
  const { seen, issuer } = circumstances
  if (error.phase === 'registration' && seen?.status === 429) return toRateLimit(circumstances)
  if (error.code === 'config_invalid' && error.phase === 'registration') {
    return new CliError(error.code, 'A redirect URI is not usable.', {
      fix: 'Give 1 to 10 whole URLs without a #fragment.',
      exitCode: EXIT.usage,
    })
  }
  if (error.phase === 'configuration') {
    return new CliError(error.code, `${issuer} is not the URL of an authority.`, {
      fix: 'Give --issuer as an https URL; http is for localhost only.',
      exitCode: EXIT.usage,
    })
  }
  if (error.oauth !== undefined) {
    const { error: code, description } = error.oauth
    const said = description === null ? code : `${code}: ${description}`
    return new CliError(code, `The authority did not register the app. It says: ${said}`, {
      fix: FIXES[code] ?? `See ${error.docs}`,
    })
  }
  const status = seen === null ? 'no answer' : `status ${seen.status}`
  const fix = `Run: ${INVOCATION} doctor --issuer ${issuer}`
  return new CliError(error.code, `Nothing was registered: ${error.code} (${status}).`, { fix })
}

/** By the error of RFC 7591 3.2.2. */
const FIXES: Readonly<Record<string, string>> = {
  invalid_redirect_uri: 'Use https URLs without a fragment; http is for localhost and 127.0.0.1 only.',
  invalid_client_metadata: 'Look at --name and --scope: a scope must be one the authority knows.',
}

function toRateLimit({ seen, issuer, now }: Circumstances): CliError {
  const seconds = toSeconds(seen?.retryAfter ?? null, now)
  const wait =
    seconds === null
      ? 'Try again within the hour'
      : `Try again in ${toDuration(seconds)}, at ${toTime(now + seconds * 1000)}`
  return new CliError(
    'rate_limit_exceeded',
    `Too many registrations: ${issuer} allows 10 an hour from one address. ${wait}.`,
    { fix: `Use a client you have registered before, or work against the mock: ${INVOCATION} mock` },
  )
}

/** Retry-After is seconds or a date (RFC 9110 10.2.3). */
function toSeconds(retryAfter: string | null, now: number): number | null {
  if (retryAfter === null) return null
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter)
  const date = Date.parse(retryAfter)
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000))
}

function toDuration(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}

function toTime(time: number): string {
  return new Date(time).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
