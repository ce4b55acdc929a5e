import type { RequestBody } from '../pipeline/request-body.js'
import type { PersonalAccessToken } from '../stores/personal-access-token-store.js'
import { ApiError } from './api-error.js'

/** What `CreatePATRequest` asks for, in the words of the store. */
export type PersonalAccessTokenRequest = Pick<
  PersonalAccessToken,
  'name' | 'description' | 'scope' | 'workspace_id' | 'expiresAt'
>

/**
 * Reads Spatio's `CreatePATRequest`.
 *
 * @param allowed the scopes there are, those it has when it names none, and now in milliseconds: a token does not
 *   expire before it is made
 * @throws ApiError 400, 413, 415
 */
export function parsePersonalAccessTokenRequest(
  body: RequestBody,
  allowed: { scopes: readonly string[]; defaultScopes: readonly string[]; now: number },
): PersonalAccessTokenRequest {
  const members = requireJsonObject(body)
  const description = readText(members, 'description', 1_000)
  const workspaceId = readText(members, 'workspaceId', 200)
  const expiresAt = readExpiry(members.get('expiresAt'), allowed.now)
  return {
    name: requireName(readText(members, 'name', 200)),
    ...(description === undefined ? {} : { description }),
    scope: (readScopes(members.get('scopes'), allowed.scopes) ?? allowed.defaultScopes).join(' '),
    ...(workspaceId === undefined ? {} : { workspace_id: workspaceId }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }
}

/**
 * Reads Spatio's `UpdatePATRequest`: name and description. Scopes are immutable, so naming them is refused.
 *
 * @throws ApiError 400, 413, 415
 */
export function parsePersonalAccessTokenChanges(
  body: RequestBody,
): Partial<Pick<PersonalAccessToken, 'name' | 'description'>> {
  const members = requireJsonObject(body)
  for (const immutable of ['scopes', 'expiresAt', 'workspaceId']) {
    if (members.has(immutable)) throw createRefusal(`${immutable} cannot be changed`)
  }
  const name = readText(members, 'name', 200)
  const description = readText(members, 'description', 1_000)
  return {
    ...(members.has('name') ? { name: requireName(name) } : {}),
    ...(description === undefined ? {} : { description }),
  }
}

function requireJsonObject(body: RequestBody): ReadonlyMap<string, unknown> {
  if (body.kind === 'too-large') throw new ApiError(413, 'too_large', 'The body is too large')
  if (body.kind === 'unsupported' || body.kind === 'form') {
    throw new ApiError(415, 'unsupported_media_type', 'The body must be application/json')
  }
  if (body.kind !== 'json') throw createRefusal('The body is not JSON')
  const { value } = body
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw createRefusal('The body must be a JSON object')
  }
  return new Map(Object.entries(value))
}

function readText(members: ReadonlyMap<string, unknown>, name: string, maximum: number): string | undefined {
  const value = members.get(name)
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value.length > maximum || /\p{Cc}/u.test(value)) {
    throw createRefusal(`${name} must be text of at most ${maximum} characters without control characters`)
  }
  return value
}

function requireName(name: string | undefined): string {
  if (name === undefined || name.trim() === '') throw createRefusal('name must be text')
  return name
}

function readScopes(value: unknown, available: readonly string[]): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  const isAvailable = (scope: unknown): scope is string =>
    typeof scope === 'string' && available.includes(scope)
  if (!Array.isArray(value) || value.length === 0 || !value.every(isAvailable)) {
    throw createRefusal('scopes must list names of /v1/tokens/scopes')
  }
  return [...new Set(value)]
}

function readExpiry(value: unknown, now: number): number | undefined {
  if (value === undefined || value === null) return undefined
  const isDateTime =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
  const expiresAt = isDateTime ? Date.parse(value) : NaN
  if (!(expiresAt > now)) throw createRefusal('expiresAt must be a date-time that is still to come')
  return expiresAt
}

function createRefusal(message: string): ApiError {
  return new ApiError(400, 'invalid_request', message)
}
