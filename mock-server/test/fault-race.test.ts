import { expect, it } from 'vitest'
import type { RefreshOrderFaults } from '../src/faults/refresh-order-faults.js'
import type { FaultName } from '../src/index.js'
import { createMock, post, refresh, signIn } from './support/flow.js'
import { expectStruck, untilStruck } from './support/fault-run.js'

const races: Record<keyof RefreshOrderFaults, () => Promise<void>> = {
  'refresh.race': async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    const fault = mock.fault('refresh.race')
    const answers: number[] = []
    const attempt = async (): Promise<void> => {
      answers.push((await refresh(mock, refresh_token)).status)
    }
    const first = attempt()
    await untilStruck(fault)
    // The first is held: what comes to another endpoint in the meantime is answered before it.
    await post(mock, '/oauth2/introspect', { token: 'x' })
    expect(answers).toEqual([])
    await Promise.all([first, attempt()])
    expect(answers.sort()).toEqual([200, 400])
    expect(mock.requests({ grant: 'refresh_token' }).map((request) => request.faults)).toEqual([
      ['refresh.race'],
      ['refresh.race'],
    ])
    mock.verify()
  },
  'refresh.overtaken-by-revocation': async () => {
    const mock = createMock()
    const { refresh_token } = await signIn(mock)
    const fault = mock.fault('refresh.overtaken-by-revocation')
    const order: string[] = []
    const refreshed = refresh(mock, refresh_token).then((response) => {
      order.push(`refresh ${response.status}`)
      return response.json() as Promise<{ refresh_token: string }>
    })
    await untilStruck(fault)
    await post(mock, '/oauth2/revoke', { token: refresh_token }).then(({ status }) =>
      order.push(`revoke ${status}`),
    )
    const late = await refreshed
    expect(order).toEqual(['revoke 200', 'refresh 200'])
    expectStruck(mock, 'refresh.overtaken-by-revocation')
    // What the late answer brought is dead already.
    expect((await refresh(mock, late.refresh_token)).status).toBe(400)
  },
}

it.each(Object.entries(races) as [FaultName, () => Promise<void>][])('%s is what it says', (_name, run) =>
  run(),
)

it('refresh.race lets one refresh go when no other comes, and holds no later one', async () => {
  const waits: number[] = []
  const mock = createMock({ wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)) })
  const tokens = await signIn(mock)
  mock.fault('refresh.race', { hold: 5, ms: 250 })
  const response = await refresh(mock, tokens.refresh_token)
  expect([response.status, waits]).toEqual([200, [250]])
  const { refresh_token } = (await response.json()) as { refresh_token: string }
  expect((await refresh(mock, refresh_token)).status).toBe(200)
  expect(waits).toEqual([250])
})

it('refresh.race that is switched off lets go whom it holds', async () => {
  const mock = createMock()
  const { refresh_token } = await signIn(mock)
  const fault = mock.fault('refresh.race')
  const held = refresh(mock, refresh_token)
  await untilStruck(fault)
  fault.remove()
  expect((await held).status).toBe(200)
})
