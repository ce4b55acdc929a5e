import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import type { ActiveFault, FaultName, MockServer } from '../../src/index.js'
import { createMock, getCode, readTokens, redeem, refresh, send, type Tokens } from './flow.js'

/** An id_token's three parts as text. */
export interface TokenParts {
  idToken: string
  header: Record<string, unknown>
  claims: Record<string, unknown>
}

/** Signs in under a fault and takes the id_token apart as far as it goes. */
export async function signInWith(
  name: FaultName,
  parameters: object = {},
): Promise<TokenParts & { mock: MockServer; tokens: Tokens }> {
  const mock = createMock()
  const code = await getCode(mock)
  mock.fault(name, parameters)
  const tokens = await readTokens(await redeem(mock, code))
  return { mock, tokens, ...takeApart(tokens.id_token) }
}

/** Refreshes under a fault. */
export async function refreshWith(
  name: FaultName,
): Promise<{ mock: MockServer; before: Tokens; response: Response }> {
  const mock = createMock()
  const before = await readTokens(await redeem(mock, await getCode(mock)))
  mock.clock.advance('1m')
  mock.fault(name)
  return { mock, before, response: await refresh(mock, before.refresh_token) }
}

/** Parts of an id_token that may not be a JWT. */
export function takeApart(idToken: string): TokenParts {
  const [header, payload] = idToken.split('.').map((part) => readPart(part))
  return { idToken, header: header ?? {}, claims: payload ?? {} }
}

/** The claims that differ between two id_tokens, as the second has them; `undefined` for one that is gone. */
export function diffClaims(before: string, after: Record<string, unknown>): Record<string, unknown> {
  const base: Record<string, unknown> = decodeJwt(before)
  const names = new Set([...Object.keys(base), ...Object.keys(after)])
  return Object.fromEntries(
    [...names]
      .filter((name) => JSON.stringify(base[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, after[name]]),
  )
}

/** GET of a document, as text. */
export async function readDocument(
  mock: MockServer,
  path: string,
): Promise<{ response: Response; text: string }> {
  const response = await send(mock, path)
  return { response, text: await response.clone().text() }
}

/** Waits, turn by turn of the event loop, until a request is held by the fault. */
export async function untilStruck(fault: ActiveFault): Promise<void> {
  while (fault.applied === 0) await new Promise((resolve) => setImmediate(resolve))
}

/** That the mock itself has not failed and the fault has struck. */
export function expectStruck(mock: MockServer, name: FaultName): void {
  mock.verify()
  expect(mock.requests().flatMap((request) => request.faults)).toContain(name)
}

function readPart(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  } catch {
    return undefined
  }
}
