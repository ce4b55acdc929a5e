import type { FaultName } from '@spatio-labs/mock-server'

/** A row of the table: a fault, and what it takes to see it. */
export interface TableFault {
  readonly name: FaultName
  /** Seconds of `max_age` to ask for: some claims matter only then. */
  readonly maxAge?: number
  /** Sign in well once before, so that the client holds the old keys or an older state. */
  readonly afterSignIn?: true
}

const hour = 3_600

/** Faults of the id_token: its claims, its times, its form and the key that signed it. */
export const idTokenFaults: readonly TableFault[] = [
  { name: 'id.absent' },
  { name: 'id.nonce.wrong' },
  { name: 'id.nonce.missing' },
  { name: 'id.iss.wrong' },
  { name: 'id.iss.missing' },
  { name: 'id.iss.trailing-slash' },
  { name: 'id.iss.case' },
  { name: 'id.aud.wrong' },
  { name: 'id.aud.missing' },
  { name: 'id.aud.extra-untrusted' },
  { name: 'id.azp.mismatch' },
  { name: 'id.azp.missing-multi-aud' },
  { name: 'id.sub.missing' },
  { name: 'id.sub.empty' },
  { name: 'id.sub.too-long' },
  { name: 'id.at_hash.wrong' },
  { name: 'id.exp.past' },
  { name: 'id.exp.missing' },
  { name: 'id.exp.string' },
  { name: 'id.iat.missing' },
  { name: 'id.iat.future' },
  { name: 'id.iat.week-old' },
  { name: 'id.nbf.future' },
  { name: 'id.auth_time.missing', maxAge: hour },
  { name: 'id.auth_time.too-old', maxAge: hour },
  { name: 'id.sig.tampered' },
  { name: 'id.sig.other-key' },
  { name: 'id.sig.empty' },
  { name: 'id.alg.none' },
  { name: 'id.alg.NoNe-case' },
  { name: 'id.alg.hs256-pubkey' },
  { name: 'id.alg.es256-unexpected' },
  { name: 'id.alg.header-missing' },
  { name: 'id.crit.unknown' },
  { name: 'id.header.jwk-embedded' },
  { name: 'id.header.jku-foreign' },
  { name: 'id.typ.at+jwt' },
  { name: 'id.not-a-jwt' },
  { name: 'id.base64.padding' },
  { name: 'id.jwe' },
  { name: 'jwks.kid.unknown' },
  { name: 'jwks.dropped-key-signs' },
]

/** Faults of the answer the browser carries back. */
export const callbackFaults: readonly TableFault[] = [
  { name: 'cb.state.missing' },
  { name: 'cb.state.altered' },
  { name: 'cb.state.replayed', afterSignIn: true },
  { name: 'cb.iss.mismatch' },
  { name: 'cb.iss.missing-though-advertised' },
  { name: 'cb.code.missing' },
  { name: 'cb.param.duplicate' },
  { name: 'cb.code-and-error' },
  { name: 'cb.error.access_denied' },
  { name: 'cb.error.login_required' },
  { name: 'cb.error.server_error' },
  { name: 'cb.error.unknown-code' },
  { name: 'cb.fragment-instead-of-query' },
]

/** What a client must not refuse: a suite that refuses everything would pass the rows above. */
export const positiveControls: readonly TableFault[] = [
  { name: 'tolerate.id.aud-array' },
  { name: 'tolerate.id.extra-claims' },
  { name: 'tolerate.id.unicode-claims' },
  { name: 'tolerate.id.skew-30s' },
  { name: 'tolerate.cb.extra-params' },
  { name: 'tolerate.jwks.unknown-kty' },
  { name: 'tolerate.disc.unknown-members' },
  { name: 'tolerate.token.type-lowercase' },
  { name: 'tolerate.token.scope-absent' },
  { name: 'tolerate.token.no-refresh-token' },
  { name: 'jwks.rotated', afterSignIn: true },
  { name: 'jwks.retired-key-signs', afterSignIn: true },
]
