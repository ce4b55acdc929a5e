import { probe, type Answer } from './probe.js'

/** What is examined; requests that several checks need are made once. */
export interface Subject {
  readonly issuer: string
  /** Undefined: not known, so that what needs it is skipped. */
  readonly clientId: string | undefined
  readonly redirectUri: string | undefined
  /** Of the app. */
  readonly origin: string | undefined
  /** How the metadata was answered, asked for from the app's origin. */
  readonly metadataAnswer: () => Promise<Answer>
  /** The metadata; null when there is none to read. */
  readonly metadata: () => Promise<Readonly<Record<string, unknown>> | null>
  /** The endpoint that the metadata names; null when there is none. */
  readonly endpoint: (name: string) => Promise<string | null>
  readonly jwksAnswer: () => Promise<Answer | null>
  /** How the app answers at the redirect URI. */
  readonly pageAnswer: () => Promise<Answer | null>
}

type Known = Pick<Subject, 'issuer' | 'clientId' | 'redirectUri' | 'origin'>

/** The authority and the app that these name. */
export function createSubject(known: Known): Subject {
  const { issuer, origin, redirectUri } = known
  const metadataAnswer = once(() => probe(toMetadataUrl(issuer), { origin }))
  const metadata = once(async () => {
    const answer = await metadataAnswer()
    return answer.kind === 'answer' && answer.status === 200 ? toObject(answer.body) : null
  })
  const endpoint = async (name: string): Promise<string | null> => {
    const value = (await metadata())?.[name]
    return typeof value === 'string' && URL.canParse(value) ? value : null
  }
  return {
    ...known,
    metadataAnswer,
    metadata,
    endpoint,
    jwksAnswer: once(async () => {
      const url = await endpoint('jwks_uri')
      return url === null ? null : probe(url, { origin })
    }),
    pageAnswer: once(async () =>
      redirectUri === undefined ? null : probe(redirectUri, { headers: { Accept: 'text/html' } }),
    ),
  }
}

/** Only the slash at its end is removed (OIDC Discovery 4.1). */
export function toMetadataUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** A plain JSON object, or null. */
export function toObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
