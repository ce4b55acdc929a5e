import type { AuthorizationResponse } from '../pipeline/pipeline.js'
import { createErrorPage } from '../pages/authorize-error-page.js'
import { createMessagePage } from '../pages/message-page.js'
import { createPageDraft, createRedirectDraft, type ResponseDraft } from '../pipeline/response-draft.js'
import { stranger } from './claim-fault.js'
import { createFault, createTunableFault, type Fault, type FaultFacts, type NoParameters } from './fault.js'
import { withMembers } from './fault-drafts.js'

type CallbackFault = Fault<'decision', NoParameters>
type PageFault = Fault<'request', NoParameters>

/** Faults in what the authorization endpoint sends back, and in its pages. */
export interface CallbackFaults {
  'cb.state.missing': CallbackFault
  'cb.state.altered': CallbackFault
  'cb.state.replayed': CallbackFault
  'cb.iss.mismatch': CallbackFault
  'cb.iss.missing-though-advertised': Fault<'body', NoParameters>
  'cb.code.missing': CallbackFault
  'cb.param.duplicate': Fault<'decision', { name: string }>
  'cb.code-and-error': CallbackFault
  'cb.error.access_denied': CallbackFault
  'cb.error.login_required': CallbackFault
  'cb.error.interaction_required': CallbackFault
  'cb.error.consent_required': CallbackFault
  'cb.error.server_error': CallbackFault
  'cb.error.temporarily_unavailable': CallbackFault
  'cb.error.unknown-code': CallbackFault
  'cb.error.description-html': CallbackFault
  /** The request in the text of the error: its state, nonce and code_challenge. */
  'cb.error-echo': CallbackFault
  'cb.fragment-instead-of-query': CallbackFault
  /** Sets any parameter of the response; undefined takes it out. */
  'cb.param.set': Fault<'decision', { name: string; value: string | undefined }>
  'cb.tokens-in-front': CallbackFault
  'tolerate.cb.extra-params': CallbackFault
  'authorize.html-error-page': PageFault
  'authorize.redirect-loop': PageFault
  'consent.expired': PageFault
  'consent.double-submit': PageFault
}

/** What is wrong in the answer the browser carries back. */
export const callbackFaults: CallbackFaults = {
  'cb.state.missing': createParameterFault(
    { summary: 'no state', expect: 'reject', spec: 'OAuth 2.1 4.1.2', case: 'CB-02' },
    { state: undefined },
  ),
  'cb.state.altered': createDecisionFault(
    { summary: 'another state', expect: 'reject', spec: 'OAuth 2.1 4.1.2', case: 'CB-03' },
    (response) => withParameter(response, 'state', `${getParameter(response, 'state') ?? ''}x`),
  ),
  'cb.state.replayed': createFault(
    'decision',
    {},
    { summary: 'the state of an earlier request', expect: 'reject', spec: 'RFC 9700 4.7.1', case: 'CB-22' },
    (response, { authority }) => {
      const states = authority.log
        .list({ endpoint: 'authorize' })
        .map((request) => request.parameters['state'])
      const earlier = states.find((state) => state !== getParameter(response, 'state'))
      return withParameter(response, 'state', earlier ?? 'no-earlier-request')
    },
  ),
  'cb.iss.mismatch': createParameterFault(
    { summary: 'the iss of another authority', expect: 'reject', spec: 'RFC 9207 2.4', case: 'CB-14' },
    { iss: stranger },
  ),
  'cb.iss.missing-though-advertised': createFault(
    'body',
    { endpoint: 'discovery' },
    {
      summary: 'the metadata promises an iss that does not come',
      expect: 'reject',
      spec: 'RFC 9207 2.4',
      case: 'CB-15',
    },
    (draft) => withMembers(draft, { authorization_response_iss_parameter_supported: true }),
  ),
  'cb.code.missing': createParameterFault(
    { summary: 'neither code nor error', expect: 'reject', spec: 'OAuth 2.1 4.1.2', case: 'CB-08' },
    { code: undefined },
  ),
  'cb.param.duplicate': createTunableFault(
    'decision',
    {},
    { summary: 'a parameter twice', expect: 'reject', spec: 'OAuth 2.1 3.1', case: 'CB-06' },
    { name: 'code' },
    (response, { parameters: { name } }) => ({
      ...response,
      parameters: [...response.parameters, [name, `${getParameter(response, name) ?? ''}2`]],
    }),
  ),
  'cb.code-and-error': createParameterFault(
    { summary: 'a code and an error', expect: 'reject', spec: 'OAuth 2.1 4.1.2.1', case: 'CB-07' },
    { error: 'access_denied' },
  ),
  'cb.error.access_denied': createErrorFault('access_denied', { expect: 'show-error', case: 'CB-09' }),
  'cb.error.login_required': createErrorFault('login_required', { expect: 'end-session', case: 'CB-12' }),
  'cb.error.interaction_required': createErrorFault('interaction_required', {
    expect: 'end-session',
    case: 'CB-12',
  }),
  'cb.error.consent_required': createErrorFault('consent_required', { expect: 'end-session', case: 'CB-12' }),
  'cb.error.server_error': createErrorFault('server_error', { expect: 'show-error', case: 'CB-13' }),
  'cb.error.temporarily_unavailable': createErrorFault('temporarily_unavailable', {
    expect: 'show-error',
    case: 'CB-13',
  }),
  'cb.error.unknown-code': createErrorFault('moon_in_the_wrong_phase', { expect: 'show-error' }),
  'cb.error.description-html': createErrorFault(
    'access_denied',
    { expect: 'show-error', case: 'CB-11' },
    `<img src=x onerror="alert(1)">${'x'.repeat(2_000)}`,
  ),
  'cb.error-echo': createFault(
    'decision',
    {},
    {
      summary: 'an error that repeats the request',
      expect: 'show-error',
      spec: 'OAuth 2.1 4.1.2.1',
      case: 'CB-11',
    },
    (response, { authority }) => {
      const state = getParameter(response, 'state')
      const requests = authority.log.list({ endpoint: 'authorize' }).map(({ parameters }) => parameters)
      const request = requests.find((parameters) => parameters['state'] === state)
      const error = withParameter(withParameter(response, 'code', undefined), 'error', 'server_error')
      return withParameter(error, 'error_description', Object.entries(request ?? {}).join(' '))
    },
  ),
  'cb.fragment-instead-of-query': createDecisionFault(
    { summary: 'the answer in the fragment', expect: 'ignore', spec: 'OAuth 2.1 4.1.2', case: 'CB-19' },
    (response) => ({ ...response, mode: 'fragment' }),
  ),
  'cb.param.set': createTunableFault(
    'decision',
    {},
    { summary: 'a parameter of your choice', expect: 'either', spec: 'OAuth 2.1 4.1.2' },
    { name: 'state', value: undefined },
    (response, { parameters: { name, value } }) => withParameter(response, name, value),
  ),
  'cb.tokens-in-front': createParameterFault(
    { summary: 'tokens beside the code', expect: 'reject', spec: 'RFC 9700 2.1.2', case: 'CB-18' },
    { access_token: 'tok_forged', token_type: 'Bearer', id_token: 'eyJhbGciOiJub25lIn0.e30.' },
  ),
  'tolerate.cb.extra-params': createParameterFault(
    { summary: 'parameters nobody knows', expect: 'tolerate', spec: 'OAuth 2.1 4.1.2', case: 'CB-31' },
    { session_state: 'abc.def', foo: 'bar' },
  ),
  'authorize.html-error-page': createFault(
    'request',
    { endpoint: 'authorize' },
    { summary: 'an error page as for a bad redirect URI', expect: 'show-error', spec: 'OAuth 2.1 4.1.2.1' },
    (_request, { exchange }) => ({
      answer: createPageDraft(
        400,
        createErrorPage({ problem: 'redirect-unregistered', client: undefined, query: exchange.query }),
      ),
    }),
  ),
  'authorize.redirect-loop': createFault(
    'request',
    { endpoint: 'authorize' },
    {
      summary: 'a redirect to itself (switch on with times: always)',
      expect: 'show-error',
      spec: 'RFC 9110 15.4',
      needs: 'browser',
    },
    (_request, { exchange }) => ({ answer: createRedirectDraft(302, exchange.url.href) }),
  ),
  'consent.expired': createPageFault('the page was answered too late', 'This sign-in has expired'),
  'consent.double-submit': createPageFault(
    'the page was answered before',
    'This sign-in was answered already',
  ),
}

function createDecisionFault(
  facts: FaultFacts,
  change: (response: AuthorizationResponse) => AuthorizationResponse,
): CallbackFault {
  return createFault('decision', {}, facts, (response) => change(response))
}

function createParameterFault(
  facts: FaultFacts,
  parameters: Record<string, string | undefined>,
): CallbackFault {
  return createDecisionFault(facts, (response) =>
    Object.entries(parameters).reduce(
      (changed, [name, value]) => withParameter(changed, name, value),
      response,
    ),
  )
}

function createErrorFault(
  error: string,
  facts: Pick<FaultFacts, 'expect' | 'case'>,
  description = 'A fault was switched on',
): CallbackFault {
  return createParameterFault(
    { summary: `the error ${error}`, spec: 'OAuth 2.1 4.1.2.1', ...facts },
    { code: undefined, error, error_description: description },
  )
}

function createPageFault(summary: string, headline: string): PageFault {
  const facts: FaultFacts = { summary, expect: 'show-error', spec: 'design' }
  const answer = (): ResponseDraft =>
    createPageDraft(400, createMessagePage(headline, 'Go back to the app and start again.'))
  return createFault('request', { endpoint: 'confirm' }, facts, () => ({ answer: answer() }))
}

function getParameter(response: AuthorizationResponse, name: string): string | undefined {
  return response.parameters.find(([key]) => key === name)?.[1]
}

function withParameter(
  response: AuthorizationResponse,
  name: string,
  value: string | undefined,
): AuthorizationResponse {
  const others = response.parameters.filter(([key]) => key !== name)
  return { ...response, parameters: value === undefined ? others : [...others, [name, value]] }
}
