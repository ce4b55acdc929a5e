import { caseTest } from '@spatio-labs/cases'
import type { FaultName } from '@spatio-labs/mock-server'
import { expect, it } from 'vitest'
import { enforceCors } from './kit/enforce-cors.js'
import { answerEndpoint, changeEndpoint } from './kit/forge.js'
import { observeRefusal, observeRefusedSignIn, type RefusedSignIn } from './kit/observe-refusal.js'
import { newRelayWorld, openPopup } from './kit/popup.js'
import { ISSUER, World } from './kit/world.js'

const METADATA = '/.well-known/openid-configuration'
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const

/** Nobody is sent anywhere, and nobody but for the metadata was asked. */
const refuse = (world: World, { says = '' }: RefusedSignIn = {}) =>
  observeRefusedSignIn(world, { requests: ['discovery'], says })
const refuseUnder = (fault: FaultName, parameters: object = {}, says: RefusedSignIn['says'] = '') =>
  observeRefusedSignIn(new World(), { fault, parameters, requests: ['discovery'], says })
const refuseMember = (name: string, value: unknown, says: RefusedSignIn['says'] = `[${name}]`) =>
  refuseUnder('disc.member.set', { name, value }, says)
const refuseAnswer = (answer: () => Response | Promise<Response>, says: RefusedSignIn['says'] = '') =>
  refuse(new World().prepare(answerEndpoint(METADATA, answer)), { says })

caseTest('DISC-01', 'refuses metadata of another issuer', () => refuseUnder('disc.issuer.mismatch'))
caseTest('DISC-01', 'refuses an issuer with more behind it', () =>
  refuseMember('issuer', `${ISSUER}INVALID`, `configured ${ISSUER}, metadata ${ISSUER}INVALID`),
)
for (const [how, found] of [
  ['a slash', 'https://op.test/'],
  ['the case of its host', 'https://OP.test'],
  ['its default port', 'https://op.test:443'],
] as const) {
  caseTest('DISC-02', `refuses an issuer that differs by ${how}, and names both`, () => {
    const issuer = 'https://op.test'
    const world = new World({ issuer }, { issuer })
    world.prepare(changeEndpoint(METADATA, (body) => ({ ...body, issuer: found })))
    return refuse(world, { says: `configured ${issuer}, metadata ${found}` })
  })
}

caseTest('DISC-04', 'reports a 500 after asking once more', () =>
  observeRefusedSignIn(new World(), {
    fault: 'disc.500',
    requests: ['discovery', 'discovery'],
    says: 'status 500',
  }),
)
caseTest('DISC-04', 'gives up on metadata that never comes, and keeps the session', async () => {
  const world = new World()
  const page = await world.reload((await world.signIn()).tab)
  world.mock.fault('transport.hang', {}, { endpoint: 'discovery' })
  const outcome = await observeRefusal(page, () => {
    const asked = world.sent.length
    const outcome = page.auth.signIn()
    const isAsked = world.settled(() => world.sent.length > asked)
    return Promise.all([outcome, isAsked.then(() => world.clock.advance(10_000))])
  }, ['discovery'])
  world.mock.verify()
  expect(page.auth.getSnapshot().isAuthenticated).toBe(true)
  await expect(world.authorize(page)).resolves.toContain('code=')
  return outcome
})

caseTest('DISC-05', 'reports a page in place of the document by its status and media type', () =>
  refuseUnder('disc.html-200', {}, '[status 200, text/html]'),
)
caseTest('DISC-05', 'says nothing of what a captive portal wrote', async () => {
  const page = '<html>a marked page'
  const headers = { 'content-type': 'text/html; charset=a-marked-charset' }
  const outcome = await refuseAnswer(
    () => new Response(page, { headers }),
    /^(?!.*marked).*\[status 200, text\/html\]/,
  )
  const { auth } = portalPage()
  await expect(auth.signIn()).rejects.toMatchObject({ code: outcome.code, retryable: true })
  return outcome
})

const portalPage = () => {
  const world = new World()
  world.mock.fault('http.captive-portal', {}, { endpoint: 'discovery' })
  return world.page()
}

for (const [what, body] of Object.entries({
  'a list': '[]',
  null: 'null',
  'a text': '"issuer"',
  'half a document': '{"issuer":',
}))
  caseTest('DISC-06', `refuses ${what}`, () =>
    refuseAnswer(
      () => new Response(body, { headers: { 'content-type': 'application/json' } }),
      '[not a JSON object]',
    ),
  )
caseTest('DISC-06', 'refuses five megabytes', () =>
  refuseAnswer(() => Response.json({ filler: 'x'.repeat(5_000_000) }), '[too large]'),
)

for (const name of ENDPOINTS) {
  caseTest('DISC-07', `refuses metadata without ${name}, and names it`, () =>
    refuseUnder('disc.endpoint.missing', { name }, `[${name}]`),
  )
  for (const value of [7, '', null, ['https://op.test/']])
    caseTest('DISC-07', `refuses ${JSON.stringify(value)} for ${name}, and names it`, () =>
      refuseMember(name, value),
    )
  caseTest('DISC-08', `refuses plain http for ${name}`, () =>
    refuseUnder('disc.endpoint.http-downgrade', { name }, `[${name}]`),
  )
}

const NEVER_A_PLACE = [
  'javascript:alert(1)//',
  'data:text/html,x',
  'blob:https://op.test/1',
  'https://a:b@op.test/',
  'https://:pw@op.test/',
  'https://op.test/a#b',
]
for (const value of NEVER_A_PLACE) {
  caseTest('DISC-09', `navigates nowhere when the authorization endpoint is ${value}`, () =>
    refuseMember('authorization_endpoint', value),
  )
}
caseTest('DISC-09', 'shows a hostile endpoint in no window and no frame either', async () => {
  const world = newRelayWorld()
  const page = world.page()
  await page.auth.ready()
  const hostile = { name: 'authorization_endpoint', value: 'javascript:alert(1)//' }
  world.mock.fault('disc.member.set', hostile, { times: 'always' })
  const inWindow = await observeRefusal(page, async () => (await openPopup(world, page)).result, [
    'discovery',
  ])
  expect(page.tab.popups.map(({ navigations, closed }) => [navigations, closed])).toEqual([[[], true]])
  expect(await observeRefusal(page, () => page.auth.signIn({ mode: 'iframe' }), ['discovery'])).toEqual(
    inWindow,
  )
  expect(page.tab.frames).toEqual([])
  return inWindow
})

caseTest('DISC-10', 'takes no member that only a prototype offers', async () => {
  const world = new World()
  const inherited = changeEndpoint(METADATA, ({ jwks_uri: jwksUri, ...body }) =>
    JSON.stringify(body).replace('{', `{"__proto__":{"jwks_uri":"${String(jwksUri)}"},`),
  )
  await observeRefusedSignIn(world.prepare(inherited), { requests: ['discovery'], says: '[jwks_uri]' })
  const polluting = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},'
  world.intercepts.push(
    changeEndpoint(METADATA, (body) => JSON.stringify(body).replace('{', () => polluting)),
  )
  const page = await world.signIn()
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  expect(page.auth.getSnapshot().status).toBe('authenticated')
  return { kind: 'accept' }
})

caseTest('DISC-11', 'refuses an authority that offers plain only', () => refuseUnder('disc.pkce-unsupported'))
caseTest('DISC-13', 'refuses an authority that signs with HS256 only', () =>
  refuseMember('id_token_signing_alg_values_supported', ['HS256', 'none'], /signs id_tokens by no algorithm/),
)
for (const fault of ['disc.redirect', 'disc.redirect-loop'] as const)
  caseTest('DISC-14', `follows no redirect under ${fault}`, () => refuseUnder(fault))

for (const fault of ['cors.missing', 'cors.wrong-origin'] as const)
  caseTest('DISC-18', `reports a network or CORS failure under ${fault}, by the origin alone`, () => {
    const world = new World()
    const throughCors = enforceCors((request) => world.mock.fetch(request))
    return observeRefusedSignIn(world.prepare(throughCors), {
      fault,
      requests: ['discovery', 'discovery'],
      says: new RegExp(`^(?!.*well-known).*network, CORS.*\\[network, ${ISSUER}\\]`),
    })
  })

it('refuses a token endpoint on another origin than the issuer', async () => {
  const outcome = await refuseUnder('disc.endpoint.foreign-origin', {}, '[token_endpoint on another origin]')
  expect(outcome).toEqual({ kind: 'reject', code: 'issuer_mismatch' })
})
