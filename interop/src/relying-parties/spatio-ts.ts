import { createHash, randomBytes } from 'node:crypto'
import {
  Configuration,
  OAuthApi,
  OauthAuthorizeCodeChallengeMethodEnum,
  OauthAuthorizeResponseTypeEnum,
  OauthTokenGrantTypeEnum,
} from '@spatio-labs/spatio-ts'
import type { ClientLibrary } from '../relying-party.js'

const packageName = '@spatio-labs/spatio-ts'

/**
 * The official SDK: requests and answers, typed. It has nothing that reads a callback or validates an id_token,
 * so what came in the answer is what an application gets.
 */
export const spatioTs: ClientLibrary = {
  name: packageName,
  packageName,
  readsCallbacks: false,
  create: ({ issuer, clientId, redirectUri }) => {
    const api = new OAuthApi(new Configuration({ basePath: issuer }))
    return {
      signIn: async (visit, { maxAge } = {}) => {
        const codeVerifier = randomBytes(32).toString('base64url')
        const { path, query } = await api.oauthAuthorizeRequestOpts({
          clientId,
          redirectUri,
          responseType: OauthAuthorizeResponseTypeEnum.Code,
          codeChallenge: createHash('sha256').update(codeVerifier).digest('base64url'),
          codeChallengeMethod: OauthAuthorizeCodeChallengeMethodEnum.S256,
          scope: 'openid profile email read:*',
          state: randomBytes(16).toString('base64url'),
          nonce: randomBytes(16).toString('base64url'),
          ...(maxAge === undefined ? {} : { maxAge }),
        })
        const url = new URL(issuer + path)
        for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, String(value))
        const callbackUrl = await visit(url)
        const tokens = await api.oauthToken({
          grantType: OauthTokenGrantTypeEnum.AuthorizationCode,
          clientId,
          redirectUri,
          code: callbackUrl.searchParams.get('code') ?? '',
          codeVerifier,
        })
        if (tokens.id_token === undefined) throw new Error('There is no id_token')
        return { sub: undefined, accessToken: tokens.access_token, refreshToken: tokens.refresh_token }
      },
    }
  },
}
