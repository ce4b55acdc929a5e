import { describe, expect, it } from 'vitest'
import { assertCase, caseTest } from '../src/case-test.js'
import { cases, notApplicable, requireCase } from '../src/case-list.js'
import overrides from '../overrides.json' with { type: 'json' }

const nonce = requireCase('IDT-18')
const stated = requireCase('JWK-20')
const answered = requireCase('S-RT-06')

describe('caseTest', () => {
  it('fails when the code is another one', async () => {
    const body = () => ({ kind: 'reject', code: 'id_token_expired' }) as const
    await expect(assertCase(nonce, body)).rejects.toThrow('id_token_nonce_mismatch')
  })

  it('fails when a refusal was expected and the sign-in was accepted', async () => {
    await expect(assertCase(nonce, () => ({ kind: 'accept' }))).rejects.toThrow('accept')
  })

  it('fails when the body observes nothing', async () => {
    await expect(assertCase(nonce, () => undefined)).rejects.toThrow('observed no outcome')
  })

  it('passes when the code is the listed one', async () => {
    await assertCase(nonce, () => ({ kind: 'reject', code: 'id_token_nonce_mismatch' }))
  })

  it('takes any id_token code for a refusal of that family, and no other', async () => {
    const family = requireCase('IDT-34')
    await assertCase(family, () => ({ kind: 'reject', code: 'id_token_expired' }))
    await expect(assertCase(family, () => ({ kind: 'reject', code: 'timeout' }))).rejects.toThrow('IDT-34')
  })

  it('takes each of several listed outcomes, and no third', async () => {
    const either = requireCase('CB-16')
    await assertCase(either, () => ({ kind: 'accept' }))
    await assertCase(either, () => ({ kind: 'reject', code: 'response_iss_mismatch' }))
    await expect(assertCase(either, () => ({ kind: 'ignore' }))).rejects.toThrow('CB-16')
  })

  it('takes any id_token code for a listed family, and no other', async () => {
    const family = requireCase('REF-28')
    await assertCase(family, () => ({ kind: 'signout', reason: 'id_token_signature_invalid' }))
    await expect(assertCase(family, () => ({ kind: 'signout', reason: 'session_expired' }))).rejects.toThrow()
  })

  it('compares status and OAuth error of a server answer', async () => {
    await assertCase(answered, () => Response.json({ error: 'invalid_client' }, { status: 401 }))
    const answers = [
      Response.json({ error: 'invalid_client' }, { status: 400 }),
      Response.json({ error: 'invalid_grant' }, { status: 401 }),
    ]
    for (const answer of answers) await expect(assertCase(answered, () => answer)).rejects.toThrow('401')
  })

  it('leaves the assertions to the body where the list states no outcome', async () => {
    await assertCase(stated, () => {
      expect(stated.priority).toBe('P0')
    })
  })

  it('refuses an id that no list has, and one that does not apply', () => {
    expect(() => caseTest('IDT-99', 'is invented', () => undefined)).toThrow('IDT-99 is in no case list')
    expect(() => caseTest('OUT-05', 'has no endpoint', () => undefined)).toThrow(
      'Spatio has no end_session_endpoint',
    )
  })
})

describe('the case lists', () => {
  it('hold 381 cases with an id each', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(381)
  })

  it('name the code of every refusal but the one that is about something else', () => {
    const unnamed = cases.filter(({ outcomes }) =>
      outcomes.some((outcome) => outcome.kind === 'reject' && !outcome.code && !outcome.codePrefix),
    )
    expect(unnamed.map(({ id }) => id)).toEqual(['LEAK-02'])
  })

  it('hold every override that overrides.json gives a reason for', () => {
    const overridden = cases.filter(({ override }) => override !== undefined)
    expect(overridden.map(({ id }) => id).sort()).toEqual(Object.keys(overrides).sort())
  })

  it('know every id that does not apply', () => {
    const ids = new Set(cases.map(({ id }) => id))
    expect(Object.keys(notApplicable).filter((id) => !ids.has(id))).toEqual([])
  })
})
