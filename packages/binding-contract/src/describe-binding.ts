import { describe } from 'vitest'
import type { BindingDriver } from './binding-driver.js'
import { describeGates } from './gates.js'
import { describeMistakes } from './mistakes.js'
import { describeReaders } from './readers.js'
import { describeStart } from './start.js'

/** What every binding does, whatever its framework: a binding translates, it decides nothing. */
export function describeBinding(driver: BindingDriver): void {
  describe(`the contract of every binding, by ${driver.name}`, () => {
    describeMistakes(driver)
    describeReaders(driver)
    describeGates(driver)
    describeStart(driver)
  })
}
