// The rows of the table: every fault of the mock's catalogue that a sign-in can meet, and what must be accepted.
import { faults } from '@spatio-labs/mock-server'

/** @typedef {import('@spatio-labs/mock-server').FaultEntry} FaultEntry */
/** @typedef {import('./trial.js').Authority} Authority */

/**
 * @typedef {object} Row
 * @property {string} name of the fault, or of the control
 * @property {string} summary
 * @property {'accepts' | 'refuses'} wanted
 * @property {FaultEntry} [fault]
 * @property {import('@spatio-labs/mock-server').FaultMatch} [match]
 * @property {Partial<import('../sdk-pages/page.js').Settings>} [settings] what the app asks for
 * @property {import('@spatio-labs/mock-server').IssuerOptions} [authority]
 * @property {string} [redirectQuery] a query of the registered redirect URI
 * @property {true} [afterSignIn] the same browser has signed in once before, and signed out by forgetting
 * @property {true} [isOnBefore] the fault is on for that first sign-in already
 * @property {(mock: Authority) => Promise<unknown>} [between] what happens at the authority in between
 */

/** Why a fault is in no row: a pattern of its name, and the fact. @type {readonly (readonly [RegExp, string])[]} */
export const leftOut = [
  [/^(refresh|userinfo|api|introspect|revoke|register)\./, 'comes after a sign-in, or is no part of one'],
  [/^(authorize|consent)\./, 'the authority keeps the person, and the SDK hears nothing'],
  [/^cb\.(never|late|foreign-window-message|reversed)$/, 'is of popups, frames, or two sign-ins at once'],
  [/^(cache|cookie)\./, 'is of sessions that live on'],
  [/^clock\./, 'moves the clock of every authority of the bench'],
  [
    /^jwks\.dropped-key-signs$/,
    'withdraws the key between two requests of one sign-in: an SDK that asks for the keys beside the token request, as ours does, still saw it listed and accepts, as one with a cache does',
  ],
  [/^(disc\.slow|transport\.delay)$/, 'is late and not wrong'],
  [
    /^cors\.(no-expose-headers|star-with-credentials)$/,
    'leaves the answer readable for who sends no cookies',
  ],
  [/^transport\.tls-expired$/, 'is of the connection: the bench trusts a certificate of its own'],
  [/^http\.(status|outage)$/, 'is another row with parameters'],
  [/^(http|cb)\.error-echo$/, 'is another error by what its text says'],
]

const hour = 3_600

/** What it takes to see some faults. @type {Record<string, Partial<Row>>} */
const circumstances = {
  'id.auth_time.missing': { settings: { maxAge: hour } },
  'id.auth_time.too-old': { settings: { maxAge: hour } },
  'cb.state.replayed': { afterSignIn: true },
  'cb.repeated': { afterSignIn: true, isOnBefore: true },
  'jwks.rotated': { afterSignIn: true },
  'jwks.retired-key-signs': { afterSignIn: true },
}

/** Sign-ins at an authority that does nothing wrong. @type {readonly Row[]} */
const controls = [
  { name: 'plain', summary: 'nothing is wrong' },
  { name: 'scope: openid', summary: 'the smallest scope', settings: { scope: 'openid' } },
  { name: 'scope: more', summary: 'a scope of the API', settings: { scope: 'openid profile email read:*' } },
  { name: 'prompt=login', summary: 'the person is asked again', settings: { prompt: 'login' } },
  { name: 'prompt=consent', summary: 'consent is asked again', settings: { prompt: 'consent' } },
  { name: 'max_age', summary: 'signed in within the hour', settings: { maxAge: hour } },
  {
    name: 'redirect URI with a query',
    summary: '`?tenant=7` stays beside the answer',
    redirectQuery: '?tenant=7',
  },
  {
    name: 'iss in the callback',
    summary: 'RFC 9207, advertised and right',
    authority: { issParameter: true },
  },
  {
    name: 'short lifetime',
    summary: 'an access token of two minutes',
    authority: { accessTokenLifetime: 120 },
  },
  { name: 'several keys', summary: 'a retired key is still listed', between: rotate },
  { name: 'second sign-in', summary: 'the same browser again', afterSignIn: true },
  { name: 'key rotated since', summary: 'the same browser, a new key', afterSignIn: true, between: rotate },
].map((row) => ({ .../** @type {Omit<Row, 'wanted'>} */ (row), wanted: 'accepts' }))

/** @param {Authority} mock */
function rotate(mock) {
  return mock.keys.rotate({ retire: 'keep' })
}

/** @param {string} name */
function isLeftOut(name) {
  return leftOut.some(([pattern]) => pattern.test(name))
}

/** @param {FaultEntry} fault @returns {Row} */
function toRow(fault) {
  const { name, summary, expect, scope } = fault
  const isOfNetwork = /^(http|transport|cors)\./.test(name)
  // A document that is wrong once and right when asked again is not wrong.
  const isLasting =
    isOfNetwork || expect === 'keep-session' || /^(discovery|jwks)$/.test(scope.endpoint ?? '')
  return {
    name,
    summary: isOfNetwork ? `${summary}, at the token endpoint` : summary,
    wanted: expect === 'tolerate' ? 'accepts' : 'refuses',
    fault,
    match: { ...(isOfNetwork ? { endpoint: 'token' } : {}), ...(isLasting ? { times: 'always' } : {}) },
    ...circumstances[name],
  }
}

const faultRows = faults.filter(({ name, expect }) => expect !== 'either' && !isLeftOut(name)).map(toRow)

/** @param {RegExp} pattern */
function refusals(pattern) {
  return faultRows.filter(({ name, wanted }) => wanted === 'refuses' && pattern.test(name))
}

/** @type {readonly { title: string, rows: readonly Row[] }[]} */
export const sections = [
  { title: 'The metadata', rows: refusals(/^disc\./) },
  { title: 'The answer the browser brings back', rows: refusals(/^cb\./) },
  { title: 'The token response', rows: refusals(/^token\./) },
  { title: 'The way to the token endpoint', rows: refusals(/^(http|transport|cors)\./) },
  { title: 'The id_token', rows: refusals(/^id\./) },
  { title: 'The keys', rows: refusals(/^jwks\./) },
  {
    title: 'What must be accepted',
    rows: [...controls, ...faultRows.filter(({ wanted }) => wanted === 'accepts')],
  },
]
