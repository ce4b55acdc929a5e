import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const eslint = new ESLint({ cwd: root })
const core = 'packages/core/src'

/** What lint says of one line in a file of a layer. @param {string} file @param {string} code */
async function lint(file, code) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) })
  return (result?.messages ?? []).map(({ message }) => message).join('\n')
}

/** A file, a line that may not stand there, and what the message says. */
const violations = [
  [`${core}/errors.ts`, "import { createClient } from './client/client.js'", 'imports no layer'],
  [`${core}/options.ts`, "import { request } from './protocol/request.js'", 'imports no layer'],
  [`${core}/options.ts`, "import { toUser } from './session/user.js'", 'only types from session/'],
  [`${core}/options.ts`, "import { jwtVerify } from 'jose'", 'oidc-client-ts and jose'],
  [`${core}/index.ts`, "export { createEngine } from './engine.js'", 'must not pull in the engine'],
  [`${core}/index.ts`, "export { request } from './protocol/request.js'", 'must not pull in the engine'],
  [`${core}/engine.ts`, "import { createClient } from './client/client.js'", 'does not know the client'],
  [`${core}/engine.ts`, "import { toUser } from './session/user.js'", 'only types from session/'],
  [`${core}/session/user.ts`, "import { createClient } from '../client/client.js'", 'no network and no OIDC'],
  [
    `${core}/session/user.ts`,
    "import type { Metadata } from '../protocol/metadata.js'",
    'no network and no OIDC',
  ],
  [`${core}/session/user.ts`, "import { backOff } from '../renewal/back-off.js'", 'no network and no OIDC'],
  [`${core}/session/user.ts`, "import { State } from 'oidc-client-ts'", 'oidc-client-ts and jose'],
  [`${core}/session/user.ts`, "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [
    `${core}/protocol/jwks.ts`,
    "import { createClient } from '../client/client.js'",
    'neither the client nor renewal',
  ],
  [
    `${core}/protocol/jwks.ts`,
    "import { backOff } from '../renewal/back-off.js'",
    'neither the client nor renewal',
  ],
  [`${core}/protocol/jwks.ts`, "import { toUser } from '../session/user.js'", 'only types from session/'],
  [
    `${core}/renewal/back-off.ts`,
    "import { createClient } from '../client/client.js'",
    'does not know the client',
  ],
  [`${core}/renewal/back-off.ts`, "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [
    `${core}/client/restore.ts`,
    "import { request } from '../protocol/request.js'",
    'only types of the engine',
  ],
  [
    `${core}/client/restore.ts`,
    "import { backOff } from '../renewal/back-off.js'",
    'only types of the engine',
  ],
  [`${core}/client/restore.ts`, "import { createEngine } from '../engine.js'", 'only types of the engine'],
  [`${core}/client/restore.ts`, "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [`${core}/client/restore.ts`, "export const engine = import('../engine.js')", 'load-engine.ts'],
  [
    'mock-server/src/routes.ts',
    "import { createSpatioAuth } from '@spatio-labs/auth'",
    'must not share bugs',
  ],
  [
    'mock-server/test/a.test.ts',
    "import { parse } from '../../packages/core/src/session/session.js'",
    'must not share bugs',
  ],
  [
    'packages/react/src/signed-in.tsx',
    "import { x } from '../../core/src/session/session.js'",
    'public entry',
  ],
  [
    'packages/react/src/signed-in.tsx',
    "import { createMockServer } from '@spatio-labs/mock-server'",
    'does not know the mock',
  ],
  ['packages/react/src/signed-in.tsx', "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [`${core}/errors.ts`, 'export default 1', 'by its name'],
  [`${core}/errors.ts`, 'export enum Color { Red }', 'union of string literals'],
  ['packages/core/test/a.test.ts', "it('CB-20 exchanges the code once', () => undefined)", 'caseTest'],
]

/** Lines that keep to the layers. */
const legal = [
  [`${core}/session/user.ts`, "export { SpatioAuthError } from '../errors.js'"],
  [`${core}/protocol/jwks.ts`, "export { createLocalJWKSet } from 'jose'"],
  [`${core}/protocol/jwks.ts`, "export type { Session } from '../session/session.js'"],
  [`${core}/renewal/back-off.ts`, "export { remainingLifetime } from '../session/session-lifetime.js'"],
  [`${core}/client/restore.ts`, "export type { Renewal } from '../renewal/renew-session.js'"],
  [`${core}/client/load-engine.ts`, "export const engine = import('../engine.js')"],
  ['packages/react/src/signed-in.tsx', "export { createSpatioAuth } from '@spatio-labs/auth'"],
]

describe('the import fences', () => {
  it.each(violations)('in %s, %s is refused', async (file, code, message) => {
    expect(await lint(file ?? '', code ?? '')).toContain(message)
  })

  it.each(legal)('in %s, %s passes', async (file, code) => {
    expect(await lint(file ?? '', code ?? '')).toBe('')
  })
})

describe('the check for import cycles', () => {
  /** @type {string} */
  let folder
  beforeAll(() => {
    mkdirSync(join(root, '.cache'), { recursive: true })
    folder = mkdtempSync(join(root, '.cache', 'cycles-'))
    writeFileSync(join(folder, 'a.ts'), "import type { B } from './b.js'\nexport interface A { b: B }\n")
    writeFileSync(join(folder, 'b.ts'), "import type { A } from './a.js'\nexport interface B { a: A }\n")
    writeFileSync(join(folder, 'c.ts'), 'export const c = 1\n')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  /** @param {string} pattern */
  const check = (pattern) => {
    const dpdm = join(root, 'node_modules/dpdm/lib/bin/dpdm.js')
    const args = [dpdm, '--no-tree', '--no-warning', '--no-progress', '--exit-code', 'circular:1', pattern]
    return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: 'pipe' })
  }

  it('finds a cycle of types', () => {
    expect(() => check(`${folder}/a.ts`)).toThrow()
  })

  it('passes a file without a cycle', () => {
    expect(check(`${folder}/c.ts`)).toContain('no circular dependency')
  })
})
