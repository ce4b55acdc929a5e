import { expect, it } from 'vitest'
import { ERROR_FACTS } from '../../packages/core/src/error-facts.js'
import { ANY, findErrorSites } from '../error-sites.js'

/** What ends a session: the code of a check that failed is told again by the refresh, as `life/refresher.ts` does. */
const ENDS_A_REFRESH = [
  'id_token_malformed',
  'id_token_alg_rejected',
  'id_token_signature_invalid',
  'id_token_claim_missing',
  'id_token_aud_untrusted',
  'id_token_azp_mismatch',
  'id_token_nonce_missing',
  'id_token_nonce_mismatch',
  'id_token_at_hash_mismatch',
  'id_token_iat_out_of_range',
  'id_token_expired',
  'refresh_issuer_changed',
  'refresh_audience_changed',
  'refresh_auth_time_changed',
  'refresh_reuse_suspected',
  'session_expired',
  'subject_changed',
  'not_authenticated',
]
/** Made by `testing/test-error.ts`, which makes an error of any code. */
const OF_TESTS = { code: 'test_redirect', phase: 'authorization_request', retryable: false }

/** @param {{ code: string, phase: string, retryable: boolean }[]} sites */
function toFacts(sites) {
  /** @type {Record<string, { phases: string[], retryable: string }>} */
  const facts = {}
  for (const code of Object.keys(ERROR_FACTS)) {
    const found = sites.filter((site) => site.code === code)
    const answers = new Set(found.map(({ retryable }) => retryable))
    facts[code] = {
      phases: [...new Set(found.map(({ phase }) => phase))].sort(),
      retryable: answers.size === 2 ? 'depends' : answers.has(true) ? 'yes' : 'no',
    }
  }
  return facts
}

it('says of every error where it is made and whether to retry it, as the sources do', () => {
  const sites = findErrorSites()
  const passedOn = sites.filter(({ code }) => code === ANY)
  expect(passedOn.map(({ where }) => where.replace(/:\d+$/, ''))).toEqual([
    'packages/core/src/life/refresher.ts',
  ])
  const again = passedOn.flatMap((site) => ENDS_A_REFRESH.map((code) => ({ ...site, code })))
  const made = [...sites.filter(({ code }) => code !== ANY), ...again, OF_TESTS]
  const facts = Object.entries(ERROR_FACTS).map(([code, [phases, retryable]]) => [
    code,
    { phases: [...phases].sort(), retryable },
  ])
  expect(Object.fromEntries(facts)).toEqual(toFacts(made))
}, 60_000)
