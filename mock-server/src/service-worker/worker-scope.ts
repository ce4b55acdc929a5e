/** What the mock uses of a `ServiceWorkerGlobalScope`, so that neither the DOM's nor a worker's types are needed. */
export interface WorkerScope {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void
  addEventListener(type: 'message', listener: (event: WorkerEvent & { readonly data: unknown }) => void): void
  addEventListener(type: 'fetch', listener: (event: WorkerFetchEvent) => void): void
}

/** An event whose work the browser waits for before it stops the worker. */
export interface WorkerEvent {
  waitUntil(work: Promise<unknown>): void
}

/** A request of a page in scope, or the navigation to one. */
export interface WorkerFetchEvent extends WorkerEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
