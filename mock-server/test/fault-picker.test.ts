import { expect, it } from 'vitest'
import { faults } from '../src/index.js'
import {
  confirm,
  CookieJar,
  createMock,
  getAnswer,
  openConsentPage,
  readTokens,
  redeem,
} from './support/flow.js'
import { takeApart } from './support/fault-run.js'

it('shows no picker and takes no fault unless it is switched on', async () => {
  const mock = createMock()
  const jar = new CookieJar()
  const page = await openConsentPage(mock, jar)
  expect(page.text).not.toContain('<select')
  expect((await confirm(mock, jar, page, { fault: 'id.nonce.wrong' })).status).toBe(403)
})

it('offers every fault under a label, without a script, and lets the picked one strike once', async () => {
  const mock = createMock({ faultPicker: true })
  const jar = new CookieJar()
  const page = await openConsentPage(mock, jar)
  expect(page.text).toMatch(/<label for="fault">[^<]+<\/label>\s*<select id="fault" name="fault">/)
  expect(page.text.match(/<option /g)).toHaveLength(faults.length + 1)
  expect(page.text).not.toContain('<script')
  const code = getAnswer(await confirm(mock, jar, page, { fault: 'id.nonce.wrong' }))['code'] ?? ''
  const { id_token } = await readTokens(await redeem(mock, code))
  expect(takeApart(id_token).claims).toMatchObject({ nonce: 'n-1x' })
  mock.verify()
})

it('picks a fault of the answer itself, or none', async () => {
  const mock = createMock({ faultPicker: true })
  for (const [fault, state] of [
    ['cb.state.altered', 'st-1x'],
    ['', 'st-1'],
  ] as const) {
    const jar = new CookieJar()
    const page = await openConsentPage(mock, jar)
    expect(getAnswer(await confirm(mock, jar, page, { fault }))['state']).toBe(state)
  }
})

it('refuses a name nobody knows with 400, and the page can be answered again', async () => {
  const mock = createMock({ faultPicker: true })
  const jar = new CookieJar()
  const page = await openConsentPage(mock, jar)
  for (const fault of ['no.such.fault', '__proto__']) {
    const response = await confirm(mock, jar, page, { fault })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('There is no such fault')
  }
  expect(getAnswer(await confirm(mock, jar, page))['state']).toBe('st-1')
})
