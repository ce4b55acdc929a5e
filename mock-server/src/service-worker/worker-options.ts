import type { MockServerOptions } from '../mock-server-options.js'

/** Where the mock is below the worker's scope, and who its app is. */
export interface WorkerPlace {
  /** Path of the mock, below the scope. @default '/__spatio' */
  path?: string
  /** The app's client_id. @default 'demo-app' */
  clientId?: string
  /** Where the app takes its callback, below the scope. @default ['/'] */
  redirectPaths?: readonly string[]
}

/** What a worker of your own can be told: everything a mock can, except its issuer and its state. */
export type WorkerMockOptions = WorkerPlace & Omit<MockServerOptions, 'issuer' | 'state'>

/** What can be told to the shipped worker script: whatever of it is plain JSON. */
export type WorkerJsonOptions = Omit<
  WorkerMockOptions,
  'clock' | 'random' | 'ids' | 'subtle' | 'wait' | 'onAnswer' | 'onUnexpectedError'
>

/** The message by which a page that was loaded past the worker (a forced reload) asks to be served by it. */
export const claimMessage = 'spatio-mock-claim'

/** The name under which the script's URL carries the options. They survive a stop there, and a change is an update. */
export const optionsParameter = 'options'

/** The mock's issuer. `scope` is the registration's: an absolute URL that ends in a slash. */
export function toWorkerIssuer(scope: string, path = '/__spatio'): string {
  return new URL(path.replace(/^\/+|\/+$/g, ''), scope).href
}
