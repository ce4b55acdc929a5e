import { defineConfig } from 'vitest/config'
import { unit } from './vitest.config.js'

const core = unit('core', 'packages/core')

/**
 * The tests that Stryker runs for the mutants of the client: of `client` and `life` there are few steps that mean
 * anything alone, so these drive whole pages through the mock-server, without those that prove the protocol.
 */
export default defineConfig({
  ...core,
  test: {
    ...core.test,
    reporters: ['dot'],
    include: [
      'test/{life,session,client}/*.test.ts',
      'test/{sign-in-told,reload,conformance,sibling-healed,authorization-request,mistakes}.test.ts',
      'test/{late-*,idle,lifecycle,sign-out,revocation,disconnect-app,refresh-pause}.test.ts',
      'test/{api-fetch,require-user,navigation,silent,silent-on-load,popup,popup-beside,popup-messages}.test.ts',
      'test/{refresh,refresh-time,refresh-refused,refresh-tabs,copied-tab,session-storage,storage}.test.ts',
      'test/{callback,callback-errors,callback-once,callback-origin,app-state,step-up,user-info}.test.ts',
      'test/{introspection,leakage,ready-timeout,started-again,unchecked-options}.test.ts',
    ],
    testTimeout: 20_000,
  },
})
