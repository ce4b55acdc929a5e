import fc from 'fast-check'
import { redirectUri } from './flow.js'

const nastyText = [
  ...[
    '',
    ' ',
    '%',
    '%zz',
    '%ff%fe',
    '%00',
    '%0d%0aX-Injected:%20yes',
    '\r\nX-Injected: yes',
    '\u0000',
    '\ud800',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '[object Object]',
    'null',
    'NaN',
  ],
  ...[
    '../../etc/passwd',
    '<script>alert(1)</script>',
    "' OR 1=1 --",
    '${7*7}',
    '\u202egnp',
    '💩',
    'x'.repeat(9_000),
  ],
  ...[
    'authorization_code',
    'refresh_token',
    'app',
    'post',
    'code',
    'S256',
    'none',
    'login',
    '-1',
    '1e9',
    redirectUri,
  ],
]

/** Text: of any kind, and of the kinds that break things. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nastyText),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
)

/** The text with lone surrogates replaced, as a browser's encoder does. */
function toWellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text))
}

const names = (
  'client_id redirect_uri response_type scope state nonce prompt max_age request grant_type code code_verifier ' +
  'refresh_token client_secret token access_token csrf user decision __proto__ constructor toString'
).split(' ')

/** What may come between the slashes of a path. */
export const arbitrarySegment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '%zz',
    '%',
    '%ff',
    '..%2f..%2fetc',
    '%00',
    'app',
    'usr_mira.svg',
    '__proto__',
    '%0d%0aX-Injected:x',
  ),
  arbitraryText.map((text) => encodeURIComponent(toWellFormed(text))),
)

/** Pairs as a query or a form has them: encoded well, ill, or not at all; repeated as it happens. */
export const arbitraryPairs: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...names),
      fc.constantFrom('=', '', '==', '[]='),
      fc.oneof(
        arbitraryText.map((text) => encodeURIComponent(toWellFormed(text))),
        fc.constantFrom('%', '%z', '%ff', '%c3%28', '%ed%a0%80', '+', '&&', ';'),
      ),
    ),
    { maxLength: 8 },
  )
  .map((pairs) => pairs.map((pair) => pair.join('')).join('&'))

const keys = [
  ...'client_name redirect_uris grant_types response_types scope name scopes expiresAt'.split(' '),
  '__proto__',
]

/** JSON: of any kind, of the members that are known with values that are not, and what is none. */
const arbitraryJson: fc.Arbitrary<string> = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc
    .dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 }))
    .map((members) => JSON.stringify(members)),
  fc.constantFrom(
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"client_name":"x","redirect_uris":["https://x.example/"],"grant_types":[{}],"scope":{"split":1}}',
    '{"client_name":"x","redirect_uris":[["https://x.example/"]]}',
    '{"client_name":"x\\r\\nX-Injected: yes","redirect_uris":["https://x.example/\\r\\nX-Injected: yes"]}',
    '{',
    '\u0000',
  ),
)

/** A body with the media type it says it has. */
export const arbitraryBody: fc.Arbitrary<{ mediaType: string; content: string | Uint8Array<ArrayBuffer> }> =
  fc.record({
    mediaType: fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded;charset=UTF-8',
      'application/json',
      'application/json; charset=utf-16',
      'text/plain',
      'multipart/form-data; boundary=x',
      '///;;;',
    ),
    content: fc.oneof(
      arbitraryPairs,
      arbitraryJson,
      fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
    ),
  })

/** Headers that endpoints read. */
export const arbitraryHeaders: fc.Arbitrary<Record<string, string>> = fc.constantFrom<
  Record<string, string>[]
>(
  {},
  { authorization: 'Basic' },
  { authorization: 'Basic Og==' },
  { authorization: `Basic ${btoa('%zz:%zz')}` },
  { authorization: 'Bearer ' },
  { authorization: `Bearer ${'x'.repeat(5_000)}` },
  { authorization: 'Bearer __proto__' },
  { cookie: 'spatio_mock_session=%zz; spatio_mock_browser="' },
  { cookie: 'spatio_mock_session=__proto__; spatio_mock_browser=\u00ff' },
  { origin: 'null' },
  { origin: 'not an origin' },
  { origin: 'https://app.example' },
)

export const arbitraryMethod: fc.Arbitrary<string> = fc.constantFrom(
  ...['GET', 'POST', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'],
)
