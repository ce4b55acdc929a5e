import { describe, expect, it } from 'vitest'
import { listEntries } from '../size.js'
import { BUDGETS, findSizeProblems } from '../size-budgets.js'

const lazy = { engine: 16_000, 'create-life': 8000 }
const size = { eager: 4000, lazy, eagerModules: ['/app/packages/core/dist/client/client.js'] }

describe('the sizes', () => {
  it('has nothing against an entry within its budget', () => {
    expect(findSizeProblems('@spatio-labs/auth', size)).toEqual([])
  })

  it('names what is over its budget, and by how much', () => {
    expect(
      findSizeProblems('@spatio-labs/auth', { ...size, eager: 5001, lazy: { ...lazy, engine: 17_001 } }),
    ).toEqual([
      '@spatio-labs/auth: at once 5001 B, more than the 5000 B it may have',
      '@spatio-labs/auth: engine 17001 B, more than the 17000 B it may have',
    ])
  })

  it.each(['protocol/jwks.js', 'renewal/back-off.js', 'life/watch.js'])('refuses %s in the front', (name) => {
    const eagerModules = [`/app/packages/core/dist/${name}`]
    expect(findSizeProblems('@spatio-labs/auth', { ...size, eagerModules })).toHaveLength(1)
  })

  it('refuses a chunk that is gone from where its budget looks for it', () => {
    expect(findSizeProblems('@spatio-labs/auth', { ...size, lazy: { engine: 16_000 } })).toHaveLength(1)
  })

  it.each(['oidc-client-ts', 'jose'])('refuses %s in the front', (name) => {
    const eagerModules = [`/app/node_modules/${name}/dist/index.js`]
    expect(findSizeProblems('@spatio-labs/auth', { ...size, eagerModules })).toHaveLength(1)
  })

  it('has a budget only for entries that are there', () => {
    const names = listEntries().map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(Object.keys(BUDGETS)))
  })
})
