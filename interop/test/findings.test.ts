import type { FindingRule } from '@spatio-labs/mock-server'
import { expect, it } from 'vitest'
import { clientLibraries } from '../src/client-libraries.js'
import { withAuthority } from '../src/fault-trial.js'
import { createPerson } from '../src/person.js'

/** What the mock only warns of: PKCE stands in for both (RFC 9700 2.1). */
const warnings: Readonly<Record<string, readonly FindingRule[]>> = {
  'oidc-client-ts': ['nonce.missing'],
}

it.each(clientLibraries)('$name signs in twice and breaks no rule', async (library) => {
  await withAuthority(async (mock, registration) => {
    const party = library.create(registration)
    await party.signIn(createPerson())
    await party.signIn(createPerson())
    mock.verify()
    expect([...new Set(mock.findings().map(({ rule }) => rule))]).toEqual(warnings[library.packageName] ?? [])
  })
})
