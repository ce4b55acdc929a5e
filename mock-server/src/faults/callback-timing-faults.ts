import type { AuthorizationResponse } from '../pipeline/pipeline.js'
import { createPageDraft } from '../pipeline/response-draft.js'
import { createForeignMessageDraft, type WindowMessage } from '../pages/foreign-message-page.js'
import { createMessagePage } from '../pages/message-page.js'
import {
  createFault,
  createStandingFault,
  createTunableFault,
  type Fault,
  type NoParameters,
} from './fault.js'
import { createGate, opening } from './gate.js'

/** Faults in when, and by which way, the authorization response comes. */
export interface CallbackTimingFaults {
  'cb.never': Fault<'decision', NoParameters>
  /**
   * `messages`: what the authority's own window posts to the opener or the parent before the true answer.
   * In their text `{callback}` stands for a forged callback URL, `{state}` for the true state.
   */
  'cb.foreign-window-message': Fault<'decision', { messages: readonly WindowMessage[] }>
  /** `ms`: milliseconds between the decision and the redirect. */
  'cb.late': Fault<'decision', { ms: number }>
  /** `hold`: how many answers to wait for; they leave in reverse order. `ms`: how long at most. */
  'cb.reversed': Fault<'decision', { hold: number; ms: number }>
  /** The answer that was given last, again, as a cached redirect or the back button would. */
  'cb.repeated': Fault<'decision', NoParameters>
}

/** What libraries listen for: this kit's family of names, and those of the most used ones. */
const lookalikes: { messages: readonly WindowMessage[] } = {
  messages: [
    '{callback}',
    { type: 'authorization_response', url: '{callback}', response: { code: 'forged', state: '{state}' } },
    { source: 'oidc-client', url: '{callback}', keepOpen: false },
  ],
}

/** What is wrong in how the answer travels. */
export const callbackTimingFaults: CallbackTimingFaults = {
  'cb.never': createFault(
    'decision',
    {},
    {
      summary: 'no answer: the popup stays open, the iframe silent',
      expect: 'show-error',
      spec: 'design',
      case: 'POP-07',
      needs: 'browser',
    },
    (response) => ({ ...response, detour: createSilentDraft }),
  ),
  'cb.foreign-window-message': createTunableFault(
    'decision',
    {},
    {
      summary: "the authority's window posts forged answers before the true one",
      expect: 'ignore',
      spec: 'RFC 9700 4.17',
      case: 'POP-04',
      needs: 'browser',
    },
    lookalikes,
    (response, { parameters, authority }) => ({
      ...response,
      detour: (location) =>
        createForeignMessageDraft({
          messages: parameters.messages,
          callback: `${response.redirectUri}?code=forged&state=${encodeURIComponent(getState(response))}`,
          state: getState(response),
          location,
          issuer: authority.issuer(),
        }),
    }),
  ),
  'cb.late': createTunableFault(
    'decision',
    {},
    {
      summary: 'the answer comes when nobody waits any more',
      expect: 'ignore',
      spec: 'design',
      case: 'POP-07',
    },
    { ms: 130_000 },
    async (response, { parameters, exchange, authority }) => {
      await authority.wait(parameters.ms, exchange.request.signal)
      return response
    },
  ),
  'cb.reversed': createStandingFault(
    'decision',
    {},
    {
      summary: 'of two sign-ins, the one started last is answered first',
      expect: 'tolerate',
      spec: 'RFC 9700 4.7.1',
      case: 'REQ-07',
      times: 'always',
    },
    { hold: 2, ms: 5_000 },
    ({ authority, parameters: { hold, ms } }) => {
      const gate = createGate(Infinity, ms, authority.wait)
      let arrived = 0
      return {
        change: async (response, { exchange, followWith }) => {
          arrived += 1
          if (arrived < hold) await gate.pass(exchange.request.signal)
          // The others are let go when the last one's answer is about to leave.
          else if (arrived === hold) followWith(opening(gate, exchange.endpoint))
          return response
        },
        end: gate.open,
      }
    },
  ),
  'cb.repeated': createStandingFault(
    'decision',
    {},
    {
      summary: 'an earlier answer once more, code and state used up (from the second sign-in on)',
      expect: 'reject',
      spec: 'OAuth 2.1 4.1.3',
      case: 'CB-22',
      times: 2,
    },
    {},
    () => {
      let earlier: AuthorizationResponse | undefined
      return { change: (response) => (earlier ??= response), end: () => undefined }
    },
  ),
}

function createSilentDraft(): ReturnType<typeof createPageDraft> {
  return createPageDraft(200, createMessagePage('Nothing more happens here', 'You can close this window.'))
}

function getState({ parameters }: AuthorizationResponse): string {
  return parameters.find(([name]) => name === 'state')?.[1] ?? ''
}
