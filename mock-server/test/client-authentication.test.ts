import { expect, it } from 'vitest'
import { caseTest } from '@spatio-labs/cases'
import { createMock, getCode, readJson, readTokens, redeem } from './support/flow.js'

const basicSecret = 's3cret:+ %'
const toBasic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`,
})

async function expectRefusal(response: Response, status: number, error: string): Promise<Response> {
  expect(response.status).toBe(status)
  expect(await readJson(response.clone())).toMatchObject({ error })
  return response
}

caseTest('S-CA-01', 'refuses a public client that sends a secret', async () => {
  const mock = createMock()
  const code = await getCode(mock)
  await expectRefusal(await redeem(mock, code, { client_id: '' }, toBasic('app', 'x')), 401, 'invalid_client')
  return expectRefusal(await redeem(mock, code, { client_secret: 'x' }), 401, 'invalid_client')
})

caseTest('S-CA-02', 'refuses the method the client is not registered for', async () => {
  const mock = createMock()
  const code = await getCode(mock, { client_id: 'basic' })
  const asPost = { client_id: 'basic', client_secret: basicSecret }
  const asBasic = await redeem(mock, code, { client_id: '' }, toBasic('post', 's3cret'))
  await expectRefusal(asBasic, 401, 'invalid_client')
  return expectRefusal(await redeem(mock, code, asPost), 401, 'invalid_client')
})

caseTest('S-CA-03', 'refuses two methods at once, and an id that differs from the header', async () => {
  const mock = createMock()
  const code = await getCode(mock, { client_id: 'basic' })
  const header = toBasic('basic', basicSecret)
  await expectRefusal(await redeem(mock, code, { client_id: 'app' }, header), 400, 'invalid_request')
  const both = await redeem(mock, code, { client_id: 'basic', client_secret: basicSecret }, header)
  return expectRefusal(both, 400, 'invalid_request')
})

caseTest('S-CA-04', 'form-decodes id and secret of the Basic header', async () => {
  const mock = createMock()
  const code = await getCode(mock, { client_id: 'basic' })
  const response = await redeem(mock, code, { client_id: '' }, toBasic('basic', basicSecret))
  expect((await readTokens(response.clone())).id_token).toBeTruthy()
  return response
})

it.each(['Basic', 'Basic !', `Basic ${btoa('basic')}`, `Basic ${btoa('%zz:x')}`, 'Bearer x', 'Digest y'])(
  'refuses the header %s',
  async (authorization) => {
    const mock = createMock()
    await expectRefusal(
      await redeem(mock, 'cod_x', { client_id: '' }, { authorization }),
      401,
      'invalid_client',
    )
  },
)

caseTest('S-CA-05', 'refuses a JWT assertion, a method Spatio does not have', async () => {
  const mock = createMock()
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  const assertion = { client_assertion_type, client_assertion: 'eyJhbGciOiJub25lIn0.e30.' }
  return expectRefusal(await redeem(mock, await getCode(mock), assertion), 401, 'invalid_client')
})

caseTest('S-CA-06', 'answers an unknown client as it answers a wrong secret', async () => {
  const mock = createMock()
  const wrong = await redeem(mock, 'cod_x', { client_id: 'post', client_secret: 'wrong' })
  const unknown = await redeem(mock, 'cod_x', { client_id: 'nobody', client_secret: 'wrong' })
  expect(unknown.status).toBe(wrong.status)
  expect(await unknown.clone().text()).toBe(await wrong.text())
  return expectRefusal(unknown, 401, 'invalid_client')
})

it('asks for client_id when there is no client at all', async () => {
  await expectRefusal(await redeem(createMock(), 'cod_x', { client_id: '' }), 400, 'invalid_request')
})
