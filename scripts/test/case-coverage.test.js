import { expect, it } from 'vitest'
import { countByGroup, findFallen, raise } from '../case-coverage.js'

it('names the groups that prove less than they once did', () => {
  expect(findFallen({ CB: 3, TOK: 2, UI: 1 }, { CB: 3, TOK: 1 })).toEqual(['TOK', 'UI'])
})

it('never lowers what was once reached', () => {
  expect(raise({ CB: 3, TOK: 2 }, { CB: 4, TOK: 1, UI: 1 })).toEqual({ CB: 4, TOK: 2, UI: 1 })
})

it('counts cases by group', () => {
  const cases = [
    { id: 'CB-01', group: 'CB', side: 'client' },
    { id: 'CB-02', group: 'CB', side: 'client' },
    { id: 'S-RT-01', group: 'S-RT', side: 'server' },
  ]
  expect(countByGroup(cases)).toEqual({ CB: 2, 'S-RT': 1 })
})
