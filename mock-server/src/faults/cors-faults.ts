import { createFault, createTunableFault, type Fault, type FaultFacts, type NoParameters } from './fault.js'

type CorsFault = Fault<'transport', NoParameters>

/** Faults in what a page may read, for any endpoint. */
export interface CorsFaults {
  'cors.missing': CorsFault
  'cors.wrong-origin': CorsFault
  'cors.preflight-fails': CorsFault
  'cors.no-expose-headers': CorsFault
  'cors.star-with-credentials': CorsFault
  /** Sets any header of an answer; undefined takes it out. */
  'http.header.set': Fault<'transport', { name: string; value: string | undefined }>
}

const setNothing: { name: string; value: string | undefined } = { name: 'Cache-Control', value: undefined }
const keep: Pick<FaultFacts, 'expect' | 'budget'> = { expect: 'keep-session', budget: 3 }

/** What is wrong in the headers a browser acts on. */
export const corsFaults: CorsFaults = {
  'cors.missing': createCorsFault('no CORS headers', (headers) => {
    for (const name of [...headers.keys()]) if (name.startsWith('access-control-')) headers.delete(name)
  }),
  'cors.wrong-origin': createCorsFault('CORS for another origin', (headers) => {
    headers.set('Access-Control-Allow-Origin', 'https://someone-else.example')
  }),
  'cors.preflight-fails': createFault(
    'transport',
    { method: 'OPTIONS' },
    { summary: 'the preflight is refused', spec: 'Fetch 4.8', needs: 'browser', ...keep },
    ({ headers }) => ({
      status: 403,
      headers: new Headers({ Date: headers.get('Date') ?? '' }),
      body: null,
    }),
  ),
  'cors.no-expose-headers': createCorsFault('no response header may be read', (headers) => {
    headers.delete('Access-Control-Expose-Headers')
  }),
  'cors.star-with-credentials': createCorsFault('any origin, with credentials', (headers) => {
    headers.set('Access-Control-Allow-Origin', '*')
    headers.set('Access-Control-Allow-Credentials', 'true')
  }),
  'http.header.set': createTunableFault(
    'transport',
    {},
    { summary: 'a header of your choice', expect: 'either', spec: 'RFC 9110 6.3' },
    setNothing,
    (answer, { parameters: { name, value } }) => {
      if (value === undefined) answer.headers.delete(name)
      else answer.headers.set(name, value)
      return answer
    },
  ),
}

function createCorsFault(summary: string, change: (headers: Headers) => void): CorsFault {
  const facts: FaultFacts = { summary, spec: 'Fetch 3.2', case: 'DISC-18', needs: 'browser', ...keep }
  return createFault('transport', {}, facts, (answer) => {
    change(answer.headers)
    return answer
  })
}
