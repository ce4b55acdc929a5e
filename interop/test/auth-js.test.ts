import { expect, it } from 'vitest'
import { trialClient, withAuthority } from '../src/fault-trial.js'
import { createPerson } from '../src/person.js'
import { authJs } from '../src/relying-parties/auth-js.js'

it('Auth.js signs in as a public client, with PKCE, state and nonce', async () => {
  await withAuthority(async (mock, registration) => {
    const { sub, accessToken } = await authJs.create(registration).signIn(createPerson())
    expect(sub).toBe('usr_mira')
    expect(accessToken).toMatch(/^tok_/)
    const [authorize] = mock.requests({ endpoint: 'authorize' })
    expect(authorize?.parameters).toMatchObject({ code_challenge_method: 'S256', response_type: 'code' })
    expect(Object.keys(authorize?.parameters ?? {})).toEqual(expect.arrayContaining(['state', 'nonce']))
  })
})

it('Auth.js signs in as a confidential client, with its secret in the Authorization header', async () => {
  await withAuthority(async (mock, registration) => {
    const clientSecret = 's3cret:+ %'
    mock.clients.add({ ...trialClient, client_id: 'confidential', client_secret: clientSecret })
    const party = authJs.create({ ...registration, clientId: 'confidential', clientSecret })
    expect((await party.signIn(createPerson())).sub).toBe('usr_mira')
    const [token] = mock.requests({ endpoint: 'token' })
    expect(token).toMatchObject({ clientId: 'confidential', status: 200 })
    expect(token?.parameters).not.toHaveProperty('client_secret')
  })
})

it('Auth.js makes no session when the person denies', async () => {
  await withAuthority(async (mock, registration) => {
    const visit = createPerson({ decision: 'deny' })
    await expect(authJs.create(registration).signIn(visit)).rejects.toThrow('Auth.js made no session')
    expect(mock.requests({ endpoint: 'token' })).toEqual([])
  })
})
