// The script that the package ships, bundled into one file by build-worker.js.
import { serveMock } from './serve-mock.js'
import { optionsParameter, type WorkerMockOptions } from './worker-options.js'
import type { WorkerScope } from './worker-scope.js'

const options = new URL(location.href).searchParams.get(optionsParameter) ?? '{}'
serveMock(self as unknown as WorkerScope, JSON.parse(options) as WorkerMockOptions)
