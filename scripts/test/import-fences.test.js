import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { coreFences, packageFences } from '../import-fences.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
// Rules that need no types; with types each line would take a quarter of a second.
const eslint = new ESLint({ cwd: root, overrideConfig: tseslint.configs.disableTypeChecked })
const core = 'packages/core/src'

/** What lint says of one line in a file of a layer. @param {string} file @param {string} code */
async function lint(file, code) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(root, file) })
  return (result?.messages ?? []).map(({ message }) => message).join('\n')
}

/** @param {string[]} row */
const withShortTitle = ([file = '', code = '', ...rest]) => [
  file,
  (code.split('\n')[0] ?? '').slice(0, 90),
  file,
  code,
  ...rest,
]

/** A file that exists (type-aware rules need one), what may not stand in it, and what the message says. */
const violations = [
  [`${core}/errors.ts`, "import { createClient } from './client/client.js'", 'imports no layer'],
  [`${core}/options.ts`, "import { request } from './protocol/request.js'", 'imports no layer'],
  [`${core}/options.ts`, "import { toUser } from './session/user.js'", 'only types from session/'],
  [`${core}/options.ts`, "import { jwtVerify } from 'jose'", 'oidc-client-ts and jose'],
  [`${core}/index.ts`, "export { createEngine } from './engine.js'", 'must not pull in the engine'],
  [`${core}/index.ts`, "export { request } from './protocol/request.js'", 'must not pull in the engine'],
  [`${core}/engine.ts`, "import { createClient } from './client/client.js'", 'does not know the client'],
  [`${core}/engine.ts`, "import { toUser } from './session/user.js'", 'only types from session/'],
  [`${core}/registration.ts`, "import { createClient } from './client/client.js'", 'on protocol/ alone'],
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
    `${core}/client/settle.ts`,
    "import { request } from '../protocol/request.js'",
    'only types of the engine',
  ],
  [
    `${core}/client/settle.ts`,
    "import { backOff } from '../renewal/back-off.js'",
    'only types of the engine',
  ],
  [`${core}/client/settle.ts`, "import { createEngine } from '../engine.js'", 'only types of the engine'],
  [`${core}/client/settle.ts`, "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [
    `${core}/client/settle.ts`,
    "import { createTestAuth } from '../testing/create-test-auth.js'",
    'the client of their tests',
  ],
  [
    `${core}/index.ts`,
    "export { createTestAuth } from './testing/create-test-auth.js'",
    'pull in the engine',
  ],
  [
    `${core}/testing/test-client.ts`,
    "import { request } from '../protocol/request.js'",
    'synchronous and has no network',
  ],
  [`${core}/testing/test-client.ts`, "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [`${core}/client/settle.ts`, "export const engine = import('../engine.js')", 'load-chunks.ts'],
  [`${core}/client/load-chunks.ts`, "export const own = import('../errors.js')", 'the engine and the relay'],
  [`${core}/client/settle.ts`, "import { createWatch } from '../life/watch.js'", 'is the front'],
  [`${core}/session/user.ts`, "import { createWatch } from '../life/watch.js'", 'no network and no OIDC'],
  [`${core}/life/watch.ts`, "import { request } from '../protocol/request.js'", 'only types of the engine'],
  [`${core}/life/watch.ts`, "import { loadLife } from '../client/load-chunks.js'", 'given to life/'],
  [`${core}/life/watch.ts`, "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [`${core}/relay.ts`, "export { SpatioAuthError } from './errors.js'", 'imports nothing of the client'],
  [
    'mock-server/src/routes.ts',
    "import { createSpatioAuth } from '@spatio-labs/auth'",
    'must not share bugs',
  ],
  [
    'mock-server/test/mock.test.ts',
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
  [`${core}/client/load-chunks.ts`, "export const jose = import('jose')", 'load-chunks.ts'],
  [`${core}/client/load-chunks.ts`, 'export default 1', 'by its name'],
  ...[
    'errors',
    'index',
    'engine',
    'session/user',
    'protocol/jwks',
    'renewal/back-off',
    'client/settle',
    'life/watch',
    'testing/test-client',
  ].flatMap((file) => [
    [`${core}/${file}.ts`, "import { createMockServer } from '@spatio-labs/mock-server'", 'stands alone'],
    [`${core}/${file}.ts`, "import { SignedIn } from '@spatio-labs/auth-react'", 'stands alone'],
  ]),
  [`${core}/index.ts`, "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [`${core}/engine.ts`, "import { decodeJwt } from 'jose'", 'oidc-client-ts and jose'],
  [`${core}/errors.ts`, "import { startRenewal } from './renewal/renew-session.js'", 'imports no layer'],
  [`${core}/session/user.ts`, "import { createEngine } from '../engine.js'", 'no network and no OIDC'],
  [
    `${core}/protocol/jwks.ts`,
    "import { createEngine } from '../engine.js'",
    'neither the client nor renewal',
  ],
  ['packages/react/src/signed-in.tsx', "import { x } from '@spatio-labs/auth/relay'", 'public entry'],
  ['packages/react/src/signed-in.tsx', "export const page = import('./page.js')", 'load-chunks.ts'],
  [`${core}/errors.ts`, 'export const parse = (text: any) => text', 'Unexpected any'],
  [`${core}/errors.ts`, 'export const a = 1\n'.repeat(251), 'too many lines'],
  [`${core}/errors.ts`, `export function long() {\n${'  void 0\n'.repeat(40)}}`, 'too many lines'],
  [`${core}/errors.ts`, 'export default 1', 'by its name'],
  [`${core}/errors.ts`, 'export enum Color { Red }', 'union of string literals'],
  ...[
    "it('CB-20 exchanges the code once', () => undefined)",
    "test('S-RT-02 ends the family', () => undefined)",
    "it.concurrent('CB-20 exchanges the code once', () => undefined)",
    "it.each([1])('CB-20 exchanges the code %d times', () => undefined)",
    "describe('CB-20', () => undefined)",
    'it(`CB-20 exchanges the code ${1} time`, () => undefined)',
  ].map((line) => ['packages/core/test/callback.test.ts', line, 'caseTest']),
]

/** Lines that keep to the layers. */
const legal = [
  [`${core}/session/user.ts`, "export { SpatioAuthError } from '../errors.js'"],
  [`${core}/protocol/jwks.ts`, "export { createLocalJWKSet } from 'jose'"],
  [`${core}/protocol/jwks.ts`, "export type { Session } from '../session/session.js'"],
  [`${core}/renewal/back-off.ts`, "export { remainingLifetime } from '../session/session-lifetime.js'"],
  [`${core}/client/settle.ts`, "export type { Renewal } from '../renewal/renew-session.js'"],
  [`${core}/client/load-chunks.ts`, "export const engine = import('../engine.js')"],
  [`${core}/client/load-chunks.ts`, "export const life = import('../life/create-life.js')"],
  [`${core}/client/load-chunks.ts`, "export const relay = import('../relay.js')"],
  ['packages/devtools/src/load-element.ts', "export const panel = import('./panel/devtools-element.js')"],
  [`${core}/relay.ts`, "export { relayResponse } from './relay-response.js'"],
  [`${core}/options.ts`, "export type { Session } from './session/session.js'"],
  [`${core}/engine.ts`, "export { back } from './renewal/back-off.js'"],
  ['packages/react/src/signed-in.tsx', "export { createSpatioAuth } from '@spatio-labs/auth'"],
  ['packages/core/test/callback.test.ts', "caseTest('CB-20', 'exchanges the code once', () => undefined)"],
]

describe('the import fences', () => {
  it.each(violations.map(withShortTitle))('in %s, %s is refused', async (_, __, file, code, message) => {
    expect(await lint(file ?? '', code ?? '')).toContain(message)
  })

  it('promises are judged by their types, in sources and tests', async () => {
    for (const file of [`${core}/engine.ts`, 'mock-server/test/mock.test.ts', 'playground/src/main.ts']) {
      const { rules, languageOptions } = await new ESLint({ cwd: root }).calculateConfigForFile(
        join(root, file),
      )
      expect(rules['@typescript-eslint/no-floating-promises'][0], file).toBe(2)
      expect(languageOptions.parserOptions.project, file).toEqual(['tsconfig.lint.json'])
    }
  })

  it.each(legal.map(withShortTitle))('in %s, %s passes', async (_, __, file, code) => {
    expect(await lint(file ?? '', code ?? '')).toBe('')
  })

  it('select files: a pattern that ends in /** selects nothing', () => {
    const patterns = [...coreFences, ...packageFences].flatMap(({ files }) => files?.flat() ?? [])
    expect(patterns.filter((pattern) => !/\.(ts|\{ts,tsx\})$/.test(pattern))).toEqual([])
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
