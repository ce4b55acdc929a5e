import { createStandingFault, type Fault, type FaultScope } from './fault.js'
import { createGate, opening } from './gate.js'

/** Faults in the order in which refreshes and what runs beside them meet. */
export interface RefreshOrderFaults {
  /** `hold`: how many refreshes to wait for. `ms`: how long at most, for clients that send fewer. */
  'refresh.race': Fault<'request', { hold: number; ms: number }>
  /** `ms`: how long to wait at most for the revocation. */
  'refresh.overtaken-by-revocation': Fault<'transport', { ms: number }>
}

const refreshGrant: FaultScope = { endpoint: 'token', grant: 'refresh_token' }

/** What is wrong in who is first. */
export const refreshOrderFaults: RefreshOrderFaults = {
  'refresh.race': createStandingFault(
    'request',
    refreshGrant,
    {
      summary: 'refreshes are held until several are there, then all let go at once',
      expect: 'tolerate',
      spec: 'OAuth 2.1 4.3.1',
      case: 'REF-03',
      budget: 1,
      times: 'always',
    },
    { hold: 2, ms: 1_000 },
    ({ authority, parameters: { hold, ms } }) => {
      const gate = createGate(hold, ms, authority.wait)
      return {
        change: async (request, { exchange }) => {
          await gate.pass(exchange.request.signal)
          return request
        },
        end: gate.open,
      }
    },
  ),
  'refresh.overtaken-by-revocation': createStandingFault(
    'transport',
    refreshGrant,
    {
      summary: 'the answer of a refresh leaves only after a revocation has been answered',
      expect: 'end-session',
      spec: 'RFC 7009 2.1',
      case: 'REF-30',
      budget: 1,
    },
    { ms: 5_000 },
    ({ authority, parameters: { ms } }) => {
      const gate = createGate(Infinity, ms, authority.wait)
      return {
        change: async (answer, { exchange, followWith }) => {
          followWith(opening(gate, 'revoke'))
          await gate.pass(exchange.request.signal)
          return answer
        },
        end: gate.open,
      }
    },
  ),
}
