import { expect, it } from 'vitest'
import { catalogue } from '../src/faults/catalogue.js'
import { findParameterProblem } from '../src/faults/fault-parameters.js'
import { scenarioCatalogue } from '../src/scenarios/scenario-catalogue.js'

const all = [...Object.entries(catalogue), ...Object.entries(scenarioCatalogue)] as [
  string,
  { defaults: Record<string, unknown> },
][]
const tunable = all.filter(([, { defaults }]) => Object.keys(defaults).length > 0)

it.each(all)('%s takes its own defaults, and no member it does not have', (name, { defaults }) => {
  const told = Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== undefined))
  expect(findParameterProblem(name, defaults, told)).toBeUndefined()
  expect(findParameterProblem(name, defaults, { colour: 1 })).toBe(`"colour" is no member of ${name}`)
})

it.each(tunable)(
  '%s refuses a value of the wrong kind wherever it does not take any',
  (name, { defaults }) => {
    for (const member of Object.keys(defaults)) {
      if (member === 'value' && !/^(cb\.param|http\.header|jwks\.cache)/.test(name)) continue
      expect(findParameterProblem(name, defaults, { [member]: { no: 'such' } })).toContain(
        `${member} of ${name}`,
      )
    }
  },
)
