import type { Authority } from '../authority.js'
import { getLoginSession } from '../endpoints/login-cookie.js'
import type { Exchange } from '../pipeline/exchange.js'
import { findBearer, getBearerToken } from '../protocol/bearer-token.js'

interface Owner {
  sub: string
  clientId: string | undefined
}

/**
 * The client a request is made for. A fault that answers in the endpoint's place strikes before the endpoint
 * has looked, so what the request presents is looked up here; nothing is noted and nothing is used up.
 */
export function findClientId(exchange: Exchange, authority: Authority): string | undefined {
  return exchange.clientId ?? findOwner(exchange, authority)?.clientId
}

/** The user a request is made for, by what it presents. */
export function findSub(exchange: Exchange, authority: Authority): string | undefined {
  return (
    exchange.sub ??
    findOwner(exchange, authority)?.sub ??
    exchange.form.get('user') ??
    getLoginSession(exchange, authority)?.sub
  )
}

function findOwner(exchange: Exchange, authority: Authority): Owner | undefined {
  const { form, request } = exchange
  const code = authority.codes.get(form.get('code') ?? '')
  if (code) return code
  const refreshToken = authority.grants.getRefreshToken(form.get('refresh_token') ?? form.get('token') ?? '')
  if (refreshToken) return refreshToken.grant
  const bearer = getBearerToken(request) ?? form.get('token') ?? form.get('access_token')
  return bearer === undefined ? undefined : findBearer(bearer, authority)
}
