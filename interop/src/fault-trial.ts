import { createMockServer, type MockServer } from '@spatio-labs/mock-server'
import { createPerson } from './person.js'
import type { ClientLibrary, Registration } from './relying-party.js'
import type { TableFault } from './table-faults.js'

/** What a client made of a sign-in; `nothing` where it has no part in it. */
export type Outcome = 'accepts' | 'refuses' | 'nothing'

/** The client every trial registers. */
export const trialClient = {
  client_id: 'interop',
  redirect_uris: ['http://127.0.0.1:5199/auth/callback/spatio'],
}

/** An authority of its own on a real port, for as long as the block lasts. */
export async function withAuthority<T>(
  run: (mock: MockServer, registration: Registration) => Promise<T>,
): Promise<T> {
  const mock = createMockServer({ clients: [trialClient] })
  const listener = await mock.listen()
  try {
    return await run(mock, {
      issuer: mock.issuer,
      clientId: trialClient.client_id,
      redirectUri: trialClient.redirect_uris[0] ?? '',
    })
  } finally {
    await listener.close()
  }
}

/**
 * Signs in once under a fault, or under none.
 *
 * @throws MockServerError `fault_unconsumed` when the sign-in ended before it met the fault
 */
export function tryFault(library: ClientLibrary, fault: TableFault | undefined): Promise<Outcome> {
  if (fault?.name.startsWith('cb.') && !library.readsCallbacks) return Promise.resolve('nothing')
  return withAuthority(async (mock, registration) => {
    const party = library.create(registration)
    const visit = createPerson()
    if (fault?.afterSignIn) await party.signIn(visit)
    if (fault) mock.fault(fault.name, {}, isInDiscovery(fault) ? { times: 'always' } : {})
    const options = fault?.maxAge === undefined ? {} : { maxAge: fault.maxAge }
    const outcome = await party.signIn(visit, options).then(
      (): Outcome => 'accepts',
      (): Outcome => 'refuses',
    )
    // A client that accepts without having met the fault never looked; one that refuses must have met it.
    if (outcome === 'refuses') mock.verify()
    return outcome
  })
}

/** Some clients read the metadata twice; the authority is to be the same both times. */
function isInDiscovery({ name }: TableFault): boolean {
  return name === 'cb.iss.missing-though-advertised' || name.startsWith('tolerate.disc.')
}
