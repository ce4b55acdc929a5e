import type { SpatioAuthOptions } from '../../src/options.js'
import {
  createAuthorizationRequest,
  type AuthorizationRequest,
} from '../../src/protocol/authorization-request.js'
import {
  processAuthorizationResponse,
  type ProtocolSources,
} from '../../src/protocol/authorization-response.js'
import type { Metadata } from '../../src/protocol/metadata.js'
import {
  json,
  METADATA,
  NOW,
  openProtocolPage,
  type Answer,
  type ProtocolPage,
  type SentRequest,
} from './protocol-page.js'
import { toRefusal } from './refusal.js'
import { createSigner, GOOD, sourceOf } from './signer.js'

export const SIGNER = await createSigner('k')
export const TOKENS = { access_token: 'tok_1', token_type: 'Bearer', refresh_token: 'r_1', expires_in: 60 }
export const REQUEST: AuthorizationRequest = {
  scope: 'openid email',
  prompt: null,
  maxAge: null,
  redirectUri: 'https://app.test/cb',
  returnTo: '/here',
  appState: undefined,
}

export interface SignInSetting {
  readonly options?: Partial<SpatioAuthOptions>
  readonly metadata?: Partial<Metadata>
  /** Changes of the claims of the id_token. */
  readonly claims?: object
  /** Changes of the token response. */
  readonly tokens?: object
  /** The one code that the authority has issued. @default any */
  readonly code?: string
  /** In place of the token response; `issue` makes the good one. */
  readonly answer?: (sent: SentRequest, issue: Answer) => ReturnType<Answer>
  /** In place of a time source that is right. */
  readonly time?: Answer
}

/** A page whose authority answers a sign-in well, except for what the setting changes. */
export interface SignInPage extends ProtocolPage {
  readonly sources: ProtocolSources
  /** What was asked for the keys. */
  readonly asked: readonly string[]
  /** Starts a sign-in. @returns its authorization URL */
  readonly start: (change?: Partial<AuthorizationRequest>) => Promise<URL>
  /** The authority has sent the browser to this URL. */
  readonly visit: (url: string) => void
  /** The requests to the token endpoint. */
  readonly exchanges: () => URLSearchParams[]
}

const rightTime: Answer = () => new Response(null, { headers: { date: new Date(NOW * 1000).toUTCString() } })

export function openSignInPage(setting: SignInSetting = {}): SignInPage {
  const metadata = { ...METADATA, ...setting.metadata }
  let nonce: string | null = null
  const issue: Answer = async ({ init }) => {
    const { code } = Object.fromEntries(init.body as URLSearchParams)
    if (code !== (setting.code ?? code)) return json({ error: 'invalid_grant' }, 400)
    const id_token = await SIGNER.sign({ ...GOOD, nonce, ...setting.claims })
    return json({ ...TOKENS, id_token, ...setting.tokens })
  }
  const page = openProtocolPage((sent) => {
    if (sent.init.method === 'HEAD') return (setting.time ?? rightTime)(sent)
    if (sent.url === metadata.tokenEndpoint) return setting.answer?.(sent, issue) ?? issue(sent)
    throw new Error(`nobody asks ${sent.url}`)
  }, setting.options)
  const { jwks, asked } = sourceOf([SIGNER.jwk])
  const sources: ProtocolSources = { metadata: { get: async () => metadata }, jwks }
  const visit = (url: string): void => void (nonce = new URL(url).searchParams.get('nonce'))
  return {
    ...page,
    sources,
    asked,
    visit,
    start: async (change = {}) => {
      const url = await createAuthorizationRequest(page.context, sources.metadata, { ...REQUEST, ...change })
      visit(url)
      return new URL(url)
    },
    exchanges: () =>
      page.sent.flatMap(({ url, init }) =>
        url === metadata.tokenEndpoint ? [init.body as URLSearchParams] : [],
      ),
  }
}

/** The query of a callback that is good; `STATE` and `NONCE` stand for those of the sign-in. */
export const GOOD_QUERY = 'code=c-1&state=STATE'

/** What became of a sign-in that was answered by this query. */
export async function answerSignIn(
  query: string,
  setting: SignInSetting = {},
  asked: Partial<AuthorizationRequest> = {},
  prepare: (page: SignInPage) => void = () => undefined,
) {
  const page = openSignInPage(setting)
  const { searchParams } = await page.start(asked)
  prepare(page)
  const whole = query
    .replaceAll('STATE', searchParams.get('state') ?? '')
    .replaceAll('NONCE', searchParams.get('nonce') ?? '')
  const result = await processAuthorizationResponse(page.context, page.sources, whole)
  const refused = result.kind === 'refused' ? toRefusal(result.error) : null
  return { page, result, refused, nonce: searchParams.get('nonce') }
}
