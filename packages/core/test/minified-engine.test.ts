import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { build, type Rollup } from 'vite'
import { expect, it } from 'vitest'
import { createEngine, type EngineContext } from '../src/engine.js'
import { edited, runs } from './kit/property.js'
import { offline, openProtocolPage } from './kit/protocol-page.js'

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url))

/** The engine as an app's production build makes it, which drops every call that seems to have no effect. */
async function loadMinifiedEngine(): Promise<{ readonly createEngine: typeof createEngine }> {
  const result = (await build({
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '#messages': source('messages.ts') } },
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      lib: { entry: source('engine.ts'), formats: ['es'] },
    },
  })) as Rollup.RollupOutput[]
  const code = Buffer.from(result[0]?.output[0].code ?? '').toString('base64')
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`) as ReturnType<
    typeof loadMinifiedEngine
  >
}

/** How a callback is refused that nobody started: the last thing to be found wrong is its state. */
async function refusal(create: typeof createEngine, query: string): Promise<string> {
  const { context } = openProtocolPage(offline)
  const result = await create(context as EngineContext).processAuthorizationResponse(query)
  return result.kind === 'refused' ? result.error.code : result.kind
}

it('refuses every answer for the same reason when it is minified', async () => {
  const minified = await loadMinifiedEngine()
  expect(await refusal(minified.createEngine, 'code=%E0%A4%A&state=sp1.x')).toBe('callback_malformed')
  const pieces = ['&', '=', '%', '%FF', ';', '&code=x', '&state=sp1.x', '&error=e', '&id_token=x', '&app=%']
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(edited(pieces, '&'), async (edit) => {
      const query = edit('code=c&state=sp1.x')
      const code = await refusal(createEngine, query)
      seen.add(code)
      expect(await refusal(minified.createEngine, query), query).toBe(code)
    }),
    runs(300),
  )
  expect([...seen].sort()).toEqual([
    'callback_duplicate_param',
    'callback_malformed',
    'state_mismatch',
    'state_missing',
    'unexpected_response_params',
  ])
})
