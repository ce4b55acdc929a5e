import { caseTest } from '@spatio-labs/cases'
import type { FaultName } from '@spatio-labs/mock-server'
import { describe, expect, it } from 'vitest'
import { signInUnderFault, type FaultySignIn, type Observed } from './kit/observe.js'

type Row = readonly [name: FaultName, ending: string, faulty?: FaultySignIn]

/** The fault strikes a sign-in beside a live session, which must survive every refusal. */
async function observe([name, ending, faulty]: Row): Promise<Observed> {
  const outcome = await signInUnderFault(name, faulty)
  expect(outcome).toEqual(
    ending === 'accept' || ending === 'keep' ? { kind: ending } : { kind: 'reject', code: ending },
  )
  return outcome
}

/** Rows that prove a case by its id, and rows that the lists leave open. */
function prove(id: string | null, ...rows: Row[]): void {
  for (const row of rows) {
    const title = `${row[1] === 'accept' ? 'tolerates' : 'refuses'} ${row[0]}${toSuffix(row[2])}`
    if (id === null) it(title, () => observe(row))
    else caseTest(id, title, () => observe(row))
  }
}

function toSuffix({ parameters, match }: FaultySignIn = {}): string {
  return parameters === undefined && match === undefined
    ? ''
    : ` ${JSON.stringify({ ...parameters, ...match })}`
}

const always = { match: { times: 'always' } } as const
const set = (name: string, value: unknown): FaultySignIn => ({ parameters: { name, value } })
const atToken = { match: { endpoint: 'token' } } as const
const unsent = { exchanges: 0 } as const

describe('an id_token with a wrong claim, validly signed', () => {
  prove(
    'IDT-01',
    ['id.iss.wrong', 'id_token_iss_mismatch'],
    ['id.iss.trailing-slash', 'id_token_iss_mismatch'],
  )
  prove('IDT-01', ['id.iss.case', 'id_token_iss_mismatch'])
  prove('IDT-02', ['id.iss.missing', 'id_token_claim_missing'])
  prove('IDT-03', ['id.aud.wrong', 'id_token_aud_mismatch'])
  prove('IDT-04', ['id.aud.missing', 'id_token_claim_missing'])
  prove('IDT-05', ['tolerate.id.aud-array', 'accept'])
  prove('IDT-06', ['id.aud.extra-untrusted', 'id_token_aud_untrusted'])
  prove('IDT-06', ['id.azp.missing-multi-aud', 'id_token_aud_untrusted'])
  prove(
    'IDT-07',
    ['id.claim.set', 'id_token_malformed', set('aud', { 'demo-app': true })],
    ['id.claim.set', 'id_token_malformed', set('aud', [['demo-app']])],
    ['id.claim.set', 'id_token_aud_mismatch', set('aud', [])],
    ['id.claim.set', 'id_token_aud_mismatch', set('aud', 'demo')],
    ['id.claim.set', 'id_token_aud_mismatch', set('aud', 'DEMO-APP')],
  )
  prove(
    'IDT-08',
    ['id.azp.mismatch', 'id_token_azp_mismatch'],
    ['id.claim.set', 'id_token_azp_mismatch', set('azp', 7)],
    ['id.claim.set', 'id_token_azp_mismatch', set('azp', null)],
  )
  prove(
    'IDT-09',
    ['id.sub.missing', 'id_token_claim_missing'],
    ['id.sub.empty', 'id_token_claim_missing'],
    ['id.sub.too-long', 'id_token_claim_missing'],
    ['id.claim.set', 'id_token_claim_missing', set('sub', 7)],
  )
  prove(null, ['id.claim.set', 'accept', set('sub', 'x'.repeat(255))])
  prove(null, ['id.claim.set', 'accept', set('azp', 'demo-app')])
  prove('IDT-17', ['id.nonce.missing', 'id_token_nonce_missing'])
  prove(
    'IDT-17',
    ['id.claim.set', 'id_token_nonce_missing', set('nonce', '')],
    ['id.claim.set', 'id_token_nonce_missing', set('nonce', 7)],
  )
  prove(
    'IDT-18',
    ['id.nonce.wrong', 'id_token_nonce_mismatch'],
    ['id.nonce.unrequested', 'id_token_nonce_mismatch'],
  )
  prove('IDT-33', ['id.at_hash.wrong', 'id_token_at_hash_mismatch'])
  prove('IDT-33', ['id.claim.set', 'id_token_at_hash_mismatch', set('at_hash', 7)])
  prove(null, ['id.claim.delete', 'accept', { parameters: { name: 'at_hash' } }])
  prove(null, ['tolerate.id.extra-claims', 'accept'], ['tolerate.id.unicode-claims', 'accept'])
  prove(null, ['id.acr.lower', 'accept'], ['id.claim.duplicate-member', 'accept'])
})

describe('an id_token with a wrong time, validly signed', () => {
  prove('IDT-10', ['id.iat.missing', 'id_token_claim_missing'])
  prove('IDT-11', ['id.iat.future', 'id_token_iat_out_of_range'], ['tolerate.id.skew-30s', 'accept'])
  prove('IDT-12', ['id.iat.week-old', 'id_token_iat_out_of_range'])
  prove('IDT-13', ['id.exp.missing', 'id_token_claim_missing'])
  prove('IDT-14', ['id.exp.past', 'id_token_expired'])
  prove(
    'IDT-15',
    ['id.exp.string', 'id_token_malformed'],
    ['id.exp.millis', 'id_token_malformed'],
    ['id.claim.set', 'id_token_malformed', set('iat', 1_800_000_000_000)],
    ['id.claim.set', 'id_token_malformed', set('iat', -1)],
    ['id.claim.set', 'id_token_malformed', set('nbf', null)],
    ['id.claim.set', 'id_token_malformed', set('auth_time', 'today')],
  )
  prove('IDT-16', ['id.nbf.future', 'id_token_not_yet_valid'])
  prove('IDT-31', ['id.auth_time.missing', 'id_token_claim_missing', { options: { maxAge: 600 } }])
  prove('IDT-32', ['id.auth_time.too-old', 'id_token_auth_time_stale', { options: { maxAge: 600 } }])
  prove('IDT-32', ['id.auth_time.too-old', 'id_token_auth_time_stale', { options: { maxAge: 0 } }])
  prove(null, ['id.auth_time.missing', 'accept'], ['id.auth_time.too-old', 'accept'])
})

describe('an id_token with a wrong signature or form', () => {
  prove('IDT-19', ['id.alg.none', 'id_token_alg_rejected'], ['id.alg.NoNe-case', 'id_token_alg_rejected'])
  prove('IDT-20', ['id.alg.hs256-pubkey', 'id_token_alg_rejected'])
  prove('IDT-21', ['id.alg.es256-unexpected', 'id_token_alg_rejected'])
  prove(
    'IDT-22',
    ['id.sig.tampered', 'id_token_signature_invalid'],
    ['id.sig.other-key', 'id_token_signature_invalid'],
    ['id.sig.empty', 'id_token_signature_invalid'],
  )
  prove('IDT-24', ['id.base64.padding', 'id_token_malformed'])
  prove('IDT-25', ['id.header.jwk-embedded', 'id_token_signature_invalid'])
  prove(
    'IDT-26',
    ['id.crit.unknown', 'id_token_malformed'],
    ['id.header.set', 'id_token_malformed', set('b64', true)],
    ['id.header.set', 'id_token_malformed', set('crit', [])],
  )
  prove(
    'IDT-27',
    ['id.typ.at+jwt', 'id_token_malformed'],
    ['id.header.set', 'id_token_malformed', set('typ', 'logout+jwt')],
    ['id.header.set', 'id_token_malformed', set('typ', 7)],
  )
  for (const typ of ['JWT', 'jwt', 'application/jwt', undefined])
    prove(null, ['id.header.set', 'accept', set('typ', typ)])
  prove('IDT-29', ['id.not-a-jwt', 'id_token_malformed'], ['id.alg.header-missing', 'id_token_malformed'])
  prove('IDT-29', ['id.header.set', 'id_token_malformed', set('kid', 7)])
  prove(null, ['id.jwe', 'id_token_malformed'])
})

describe('a key', () => {
  prove('JWK-01', ['jwks.rotated', 'accept'])
  prove('JWK-04', ['jwks.kid.unknown', 'jwks_key_not_found'], ['jwks.empty', 'jwks_key_not_found', always])
  prove('JWK-05', ['jwks.kid-absent.single', 'accept'])
  prove('JWK-06', ['jwks.kid-absent.multiple', 'accept'])
  prove('JWK-07', ['jwks.duplicate-kid', 'accept'])
  prove('JWK-09', ['jwks.wrong-use', 'jwks_key_not_found', always])
  prove('JWK-10', ['jwks.wrong-kty', 'jwks_key_not_found', always])
  prove('JWK-12', ['tolerate.jwks.unknown-kty', 'accept'])
  prove('JWK-13', ['jwks.weak-rsa-1024', 'jwks_key_not_found'])
  prove('JWK-13', ['jwks.private-members', 'jwks_key_not_found', always])
  prove('JWK-14', ['jwks.500', 'jwks_fetch_failed', always])
  prove('JWK-16', ['jwks.html-200', 'jwks_invalid', always], ['jwks.huge', 'jwks_invalid', always])
  prove(null, ['jwks.500', 'accept'], ['jwks.empty', 'accept'], ['jwks.contains-oct', 'accept'])
  prove(null, ['jwks.retired-key-signs', 'accept'])
  // A key that is only named in the header is never asked for: it has a kid that the set does not hold.
  prove(null, ['id.header.jku-foreign', 'jwks_key_not_found'])
})

describe('a token response', () => {
  prove('TOK-01', ['token.access_token.missing', 'token_response_invalid'])
  prove('TOK-01', ['token.member.set', 'token_response_invalid', set('access_token', '')])
  prove('TOK-02', ['tolerate.token.type-lowercase', 'accept'])
  prove('TOK-03', ['token.member.set', 'token_response_invalid', set('token_type', undefined)])
  prove('TOK-04', ['token.type.wrong', 'token_type_unsupported'])
  prove('TOK-06', ['token.expires_in.missing', 'accept'])
  prove('TOK-07', ['token.expires_in.zero', 'accept'], ['token.expires_in.negative', 'accept'])
  prove('TOK-07', ['token.expires_in.string', 'accept'], ['token.expires_in.huge', 'accept'])
  prove('TOK-08', ['id.absent', 'id_token_missing'])
  prove('TOK-09', ['token.scope.narrowed', 'accept'])
  prove('TOK-10', ['tolerate.token.scope-absent', 'accept'])
  prove('TOK-11', ['token.error-with-200', 'token_endpoint_error'])
  prove('TOK-12', ['http.502-html', 'token_request_failed', atToken])
  prove('TOK-13', ['http.wrong-content-type', 'token_response_invalid', atToken])
  prove('TOK-14', ['http.json.__proto__', 'accept', atToken])
  prove('TOK-15', ['token.member.set', 'token_response_invalid', set('access_token', 'abc\r\nX: y')])
  prove('TOK-15', ['token.member.set', 'token_response_invalid', set('access_token', 'tök')])
  prove('TOK-17', ['token.redirect', 'redirect_rejected'])
  prove('TOK-18', ['token.invalid_client', 'token_endpoint_error'])
  prove('TOK-18', ['token.unauthorized_client', 'token_endpoint_error'])
  prove(
    'CB-29',
    ['token.invalid_grant', 'token_endpoint_error'],
    ['token.code.replayed', 'token_endpoint_error'],
  )
  prove('CB-33', ['transport.drop-before-headers', 'token_request_failed', atToken])
  prove('CB-33', ['transport.drop-mid-body', 'token_request_failed', atToken])
  prove(
    null,
    ['http.500', 'token_request_failed', atToken],
    ['http.429', 'token_request_failed', atToken],
    ['http.204-empty', 'token_request_failed', atToken],
    ['http.captive-portal', 'token_response_invalid', atToken],
    ['http.json.truncated', 'token_response_invalid', atToken],
    ['http.json.array', 'token_response_invalid', atToken],
    ['http.huge-body', 'token_response_invalid', atToken],
    ['token.member.set', 'token_response_invalid', set('refresh_token', 7)],
    ['token.member.set', 'token_response_invalid', set('id_token', '')],
    ['token.member.set', 'token_response_invalid', set('scope', ['openid'])],
    ['http.bom', 'accept', atToken],
    ['http.json.deep-nesting', 'accept', atToken],
    ['tolerate.token.no-refresh-token', 'accept'],
  )
})

describe('a callback', () => {
  prove('CB-02', ['cb.state.missing', 'state_missing', unsent])
  prove('CB-03', ['cb.state.altered', 'state_mismatch', unsent])
  prove('CB-06', ['cb.param.duplicate', 'callback_duplicate_param', unsent])
  prove('CB-07', ['cb.code-and-error', 'callback_malformed', unsent])
  prove('CB-08', ['cb.code.missing', 'callback_malformed', unsent])
  prove('CB-09', ['cb.error.access_denied', 'authorization_error', unsent])
  prove('CB-11', ['cb.error.description-html', 'authorization_error', unsent])
  prove('CB-12', ['cb.error.login_required', 'login_required', unsent])
  prove('CB-12', ['cb.error.interaction_required', 'interaction_required', unsent])
  prove('CB-12', ['cb.error.consent_required', 'consent_required', unsent])
  prove('CB-13', ['cb.error.server_error', 'authorization_error', unsent])
  prove('CB-13', ['cb.error.temporarily_unavailable', 'authorization_error', unsent])
  prove('CB-14', ['cb.iss.mismatch', 'response_iss_mismatch', unsent])
  prove('CB-15', ['cb.iss.missing-though-advertised', 'response_iss_missing', unsent])
  prove('CB-22', ['cb.state.replayed', 'keep', unsent])
  prove('CB-31', ['tolerate.cb.extra-params', 'accept'])
  prove(null, ['cb.error.unknown-code', 'authorization_error', unsent])
  prove(null, ['cb.fragment-instead-of-query', 'keep', unsent])
})
