import { defineConfig } from 'vitest/config'
import { unit } from './vitest.config.js'

const core = unit('core', 'packages/core')

/** The tests that Stryker runs for each mutant of packages/core: those of the protocol, and no report of cases. */
export default defineConfig({
  ...core,
  test: {
    ...core.test,
    reporters: ['dot'],
    exclude: [...core.test.exclude, 'test/conformance.test.ts', 'test/test-auth.test.ts'],
  },
})
