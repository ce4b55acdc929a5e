import { caseTest } from '@spatio-labs/cases'
import { base64url, decodeJwt, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { expect } from 'vitest'
import { changeEndpoint, type Forgery } from './kit/forge.js'
import { acceptForged, header, part, refuseForged } from './kit/forged-sign-in.js'
import { signInBesideSession, type Observed } from './kit/observe.js'
import { CLIENT_ID, World } from './kit/world.js'

/** All of them are refused alike, each beside a session of its own. */
async function refuseAll(forgeries: readonly Forgery[]): Promise<Observed | undefined> {
  const outcomes: Observed[] = []
  for (const forgery of forgeries) outcomes.push(await refuseForged(forgery)())
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
  return outcomes[0]
}

for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
  caseTest('IDT-19', `refuses alg ${alg}, with a signature and without`, () =>
    refuseAll([header({ alg }), unsigned(alg)]),
  )
}

/** As `alg: none` is written: nothing after the second dot. */
function unsigned(alg: string): Forgery {
  const { compact } = header({ alg })
  return { compact: (token) => (compact?.(token) ?? '').replace(/[^.]*$/, '') }
}

caseTest('IDT-20', 'refuses HS256, keyed with what everybody knows', async () => {
  const { publicKey } = await generateKeyPair('RS256', { extractable: true })
  const outcomes: Observed[] = []
  for (const secret of [CLIENT_ID, 'secret', '', await exportSPKI(publicKey)]) {
    const key = new TextEncoder().encode(secret.padEnd(32, '\0'))
    const world = new World().prepare(
      changeEndpoint('/oauth2/token', async (body) => {
        const signing = new SignJWT(decodeJwt(String(body['id_token'])))
        return { ...body, id_token: await signing.setProtectedHeader({ alg: 'HS256' }).sign(key) }
      }),
    )
    outcomes.push(await signInBesideSession(world))
  }
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
  return outcomes[0]
})

for (const [name, index] of [
  ['header', 0],
  ['payload', 1],
  ['signature', 2],
] as const) {
  caseTest('IDT-24', `decodes the ${name} strictly`, () =>
    refuseAll(
      [
        (text: string) => `${text}!@`,
        (text: string) => `!@${text}`,
        (text: string) => `${text} `,
        (text: string) => `\n${text}`,
        (text: string) => `${text}=`,
        (text: string) => `${text}==`,
        (text: string) => `${text.slice(0, -1)}+`,
        (text: string) => `${text.slice(0, -1)}/`,
        (text: string) => `${text}%41`,
      ].map((change) => part(index, change)),
    ),
  )
}

caseTest('IDT-26', 'refuses an unknown critical extension, and b64 without one', () =>
  refuseAll([
    header({ crit: ['b64'], b64: false }),
    header({ b64: false }),
    header({ crit: ['exp'] }),
    { header: { crit: undefined, b64: false } },
  ]),
)

caseTest('IDT-29', 'refuses what has not three parts', () =>
  refuseAll([
    { compact: (token) => token.split('.').slice(0, 2).join('.') },
    { compact: (token) => `${token}.x` },
    { compact: (token) => token.replaceAll('.', '') },
    { compact: () => '..' },
  ]),
)
caseTest('IDT-29', 'refuses a header that is no JSON object', () =>
  refuseAll(
    ['not-json', 'null', '[]', '"RS256"', '7', ''].map((text) => part(0, () => base64url.encode(text))),
  ),
)
caseTest('IDT-29', 'refuses a signed payload that is no JSON object', () =>
  refuseAll(['null', '[]', '[{}]', '"text"', '7', '{', 'not-json'].map((text) => ({ payload: () => text }))),
)
caseTest('IDT-29', 'refuses a signed payload that is no UTF-8, and reads one that is', async () => {
  const withName = (name: string) => (json: string) => json.replace(/}$/, `,"name":"${name}"}`)
  const toBytes = (json: string) => new TextEncoder().encode(withName('~')(json))
  expect(await acceptForged({ payload: withName('Zoë 🐙') })()).toEqual({ kind: 'accept' })
  return refuseForged({ payload: (json) => toBytes(json).map((byte) => (byte === 0x7e ? 0xff : byte)) })()
})
