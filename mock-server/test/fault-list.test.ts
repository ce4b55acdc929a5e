import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cases } from '@spatio-labs/cases'
import { faults, type Expectation, type FaultEntry } from '../src/index.js'

/** An entry of the fault list, as `cases/import-faults.js` reads it. */
interface ListedFault {
  number?: number
  names: string[]
  reactions?: string[]
  oidf?: string[]
  needs?: 'port' | 'browser'
}

const listed = JSON.parse(
  readFileSync(new URL('../../cases/faults.json', import.meta.url), 'utf8'),
) as ListedFault[]
const byName = new Map<string, FaultEntry>(faults.map((fault) => [fault.name, fault]))

/** How a case of the client says what the catalogue says. */
const outcomeKinds: Readonly<Record<Expectation, readonly string[]>> = {
  reject: ['reject'],
  tolerate: ['accept', 'keep'],
  'end-session': ['signout', 'reject'],
  'keep-session': ['keep', 'retry', 'reject'],
  either: ['accept', 'reject', 'ignore', 'keep'],
  'show-error': ['reject'],
  ignore: ['ignore', 'reject'],
}

describe('the fault list', () => {
  it('has its 127 numbered entries and the generic ones', () => {
    const numbers = listed.map(({ number }) => number).filter((number) => number !== undefined)
    expect(numbers).toEqual(Array.from({ length: 127 }, (_, index) => index + 1))
    expect(listed.filter(({ number }) => number === undefined).flatMap(({ names }) => names)).toHaveLength(36)
  })

  it.each(listed.flatMap(({ names }) => names))('%s is in the catalogue', (name) => {
    expect([...byName.keys()]).toContain(name)
  })

  it('is agreed with wherever no case of the client decides', () => {
    const disagreements = listed.flatMap(({ names, reactions = ['either'] }) =>
      names.filter((name) => {
        const fault = byName.get(name)
        if (!fault || fault.case !== undefined) return false
        return !reactions.includes('either') && !reactions.includes(fault.expect)
      }),
    )
    expect(disagreements).toEqual([])
  })

  it('expects what the case says that decides', () => {
    const disagreements = faults.flatMap(({ name, expect: expected, case: id }) => {
      if (id === undefined) return []
      const kinds = cases.find((entry) => entry.id === id)?.outcomes.map(({ kind }) => kind) ?? [
        'no such case',
      ]
      const isAgreed = kinds.some((kind) => kind === 'stated' || outcomeKinds[expected].includes(kind))
      return isAgreed ? [] : [`${name}: ${expected}, ${id}: ${kinds.join(', ')}`]
    })
    expect(disagreements).toEqual([])
  })

  it('names the same conformance modules', () => {
    const missing = listed.flatMap(({ names, oidf = [] }) =>
      oidf.filter((module) => !names.some((name) => byName.get(name)?.oidf === module)),
    )
    expect(missing).toEqual([])
  })

  it('says of the same faults that they need a port or a browser', () => {
    const wrong = listed
      .filter(({ needs }) => needs !== undefined)
      .flatMap(({ names, needs }) => names.filter((name) => byName.get(name)?.needs !== needs))
    expect(wrong).toEqual([])
  })
})
