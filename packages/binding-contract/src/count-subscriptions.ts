import type { SpatioAuth } from '@spatio-labs/auth'

export interface CountedClient<Client extends SpatioAuth> {
  readonly client: Client
  /** How many listen now, to the state, the activity and the events. */
  readonly count: () => number
}

/** The same client, which tells how many listen to it. */
export function countSubscriptions<Client extends SpatioAuth>(client: Client): CountedClient<Client> {
  const open = new Set<symbol>()
  const counted = (unsubscribe: () => void): (() => void) => {
    const id = Symbol('subscription')
    open.add(id)
    return () => {
      open.delete(id)
      unsubscribe()
    }
  }
  const wrapped = {
    ...client,
    subscribe: (listener: () => void) => counted(client.subscribe(listener)),
    subscribeActivity: (listener: () => void) => counted(client.subscribeActivity(listener)),
    on: ((type, listener) => counted(client.on(type, listener))) as SpatioAuth['on'],
  }
  return { client: wrapped, count: () => open.size }
}
