import { toMilliseconds, type Duration } from '../mock-clock.js'
import {
  createStandingFault,
  createTunableFault,
  type Fault,
  type FaultFacts,
  type FaultScope,
} from './fault.js'

/** By how much a clock is wrong: seconds. */
export interface ClockOffset {
  seconds: number
}

/** Faults in the authority's clock: its `Date`, and every `iat`, `exp` and lifetime with it. */
export interface ClockFaults {
  'clock.server-ahead': Fault<'request', ClockOffset>
  'clock.server-behind': Fault<'request', ClockOffset>
  /** `by`: how far the clock jumps before the request is handled; it stays there. */
  'clock.jump-forward': Fault<'request', { by: Duration }>
  'clock.jump-back': Fault<'request', { by: Duration }>
}

// The clock is the whole authority's, so the offset is for every endpoint.
const everywhere: FaultScope = {}

/** What is wrong in what time it is. An offset lasts until it is switched off; a jump is not undone. */
export const clockFaults: ClockFaults = {
  'clock.server-ahead': createOffsetFault(
    { summary: "the authority's clock is ahead", expect: 'reject', case: 'IDT-11' },
    1,
  ),
  'clock.server-behind': createOffsetFault(
    { summary: "the authority's clock is behind", expect: 'tolerate', case: 'REF-18' },
    -1,
  ),
  'clock.jump-forward': createJumpFault(
    { summary: 'hours pass unseen, as when a laptop sleeps', expect: 'keep-session', case: 'REF-16' },
    '8h',
    1,
  ),
  'clock.jump-back': createJumpFault(
    { summary: 'the clock is set back', expect: 'tolerate', case: 'REF-19' },
    '1h',
    -1,
  ),
}

function createOffsetFault(
  known: Pick<FaultFacts, 'summary' | 'expect' | 'case'>,
  sign: 1 | -1,
): Fault<'request', ClockOffset> {
  const facts: FaultFacts = { ...known, spec: 'OIDC Core 3.1.3.7 (9, 10)', budget: 1, times: 'always' }
  return createStandingFault('request', everywhere, facts, { seconds: 600 }, ({ authority, parameters }) => {
    const offset = sign * parameters.seconds * 1000
    authority.clock.advance(offset)
    return { change: (request) => request, end: () => authority.clock.advance(-offset) }
  })
}

function createJumpFault(
  facts: Pick<FaultFacts, 'summary' | 'expect' | 'case'>,
  by: Duration,
  sign: 1 | -1,
): Fault<'request', { by: Duration }> {
  const jump: FaultFacts = { ...facts, spec: 'design', budget: 3 }
  return createTunableFault('request', everywhere, jump, { by }, (request, { authority, parameters }) => {
    authority.clock.advance(sign * toMilliseconds(parameters.by))
    return request
  })
}
