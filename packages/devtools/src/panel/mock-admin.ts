import type { MockAccess } from '../devtools-options.js'

/** A fault that the mock knows. */
export interface KnownFault {
  readonly name: string
  readonly summary: string
  readonly expect: string
  readonly spec: string
}

/** A fault that is switched on. */
export interface ActiveFault {
  readonly id: string
  readonly name: string
  /** How often it has struck. */
  readonly applied: number
}

/** What the mock is asked for. Every call rejects with an `Error` whose message can be shown. */
export interface MockAdmin {
  readonly listKnown: () => Promise<readonly KnownFault[]>
  readonly listActive: () => Promise<readonly ActiveFault[]>
  readonly add: (name: string) => Promise<void>
  readonly remove: (id: string) => Promise<void>
}

/** Speaks to `{issuer}/__mock`, which answers registered origins on this machine that have its token. */
export function createMockAdmin({ issuer, adminToken }: MockAccess): MockAdmin {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${issuer}/__mock${path}`, {
      method,
      headers: {
        'X-Mock-Token': adminToken,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    }).catch(() => {
      throw new Error('The mock does not answer: does it run, and is this origin registered?')
    })
    const value: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined)
    if (!response.ok) throw new Error(`The mock refuses: ${toReason(value) ?? response.status}`)
    return value
  }
  const list = async <Entry>(path: string): Promise<readonly Entry[]> => {
    const value = await ask('GET', path)
    return Array.isArray(value) ? (value as Entry[]) : []
  }
  return {
    listKnown: () => list<KnownFault>('/catalogue'),
    listActive: () => list<ActiveFault>('/faults'),
    add: async (name) => void (await ask('POST', '/faults', { name })),
    remove: async (id) => void (await ask('DELETE', `/faults/${encodeURIComponent(id)}`)),
  }
}

function toReason(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('error_description' in value)) return undefined
  return String(value.error_description)
}
