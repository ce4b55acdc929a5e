import { defineConfig } from 'vitest/config'
import { unit } from './vitest.config.js'

const core = unit('core', 'packages/core')

/**
 * The tests that Stryker runs for each mutant: module by module, without the mock-server, because a
 * mutant that survives costs all that touch it. The property tests repeat a check hundreds of times, so they stay out.
 */
export default defineConfig({
  ...core,
  test: {
    ...core.test,
    reporters: ['dot'],
    include: ['test/{protocol,session,renewal,life}/*.test.ts'],
    exclude: ['test/protocol/mutated-*.test.ts'],
    testTimeout: 5_000,
  },
})
