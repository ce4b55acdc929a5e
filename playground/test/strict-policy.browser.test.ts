import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { caseTest } from '@spatio-labs/cases'
import type { Page } from 'playwright-core'
import { build, preview } from 'vite'
import { afterAll, beforeAll, expect } from 'vitest'
import { findPort } from '../demo/find-port.js'
import { openDemo, type OpenDemo } from './kit/open-demo.js'

const PAGE = '/test/pages/strict.html'

let demo: OpenDemo
beforeAll(async () => {
  demo = await openDemo({ autoConsent: true })
})
afterAll(() => demo.close())

/** The page as it is deployed: built, since the development server writes scripts into it, and with the policy. */
async function serveStrictly({ issuer, mock }: OpenDemo) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const outDir = await mkdtemp(join(tmpdir(), 'spatio-strict-'))
  const port = await findPort({ asked: 0, preferred: 0, what: 'the strict page' })
  const url = `http://localhost:${port}${PAGE}`
  mock.clients.add({ client_id: 'playground', redirect_uris: [url] })
  const define = {
    'import.meta.env.VITE_SPATIO_ISSUER': JSON.stringify(issuer),
    'import.meta.env.VITE_SPATIO_CLIENT_ID': JSON.stringify('playground'),
  }
  const input = join(root, PAGE)
  const shared = { root, configFile: false, logLevel: 'warn' } as const
  await build({ ...shared, define, build: { outDir, emptyOutDir: true, rolldownOptions: { input } } })
  const policy = `default-src 'self'; connect-src 'self' ${issuer}; require-trusted-types-for 'script'`
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: '127.0.0.1', port, strictPort: true, headers: { 'Content-Security-Policy': policy } },
  })
  const close = async (): Promise<void> => {
    await server.close()
    await rm(outDir, { recursive: true })
  }
  return { url, [Symbol.asyncDispose]: close }
}

/** A page whose violations of the policy are kept, on every document it loads. */
async function visitWatched(): Promise<{ page: Page; violations: string[] }> {
  const page = await demo.visit()
  const violations: string[] = []
  await page.exposeFunction('keepViolation', (directive: string) => violations.push(directive))
  await page.addInitScript(() => {
    const { keepViolation } = window as unknown as { keepViolation: (directive: string) => void }
    document.addEventListener('securitypolicyviolation', (event) => keepViolation(event.effectiveDirective))
  })
  return { page, violations }
}

caseTest(
  'LEAK-17',
  'signs in, refreshes and signs out on a page with a strict policy and Trusted Types',
  async () => {
    await using strict = await serveStrictly(demo)
    const { page, violations } = await visitWatched()
    await page.goto(`${strict.url}?options=${encodeURIComponent(JSON.stringify({ redirectPath: PAGE }))}`)
    await page.evaluate((returnTo) => void window.auth.signIn({ returnTo }), strict.url)
    await page.waitForFunction(() => 'auth' in window && window.auth.getSnapshot().isAuthenticated)
    expect(page.url()).toBe(strict.url)
    await page.evaluate(() => window.auth.getAccessToken({ forceRefresh: true }))
    await page.evaluate(() => window.auth.signOut())
    expect(demo.pageErrors.splice(0)).toEqual([])
    expect(violations).toEqual([])
    // The policy is in force and its violations are seen: the page may not do this.
    const isRefused = await page.evaluate(() => {
      try {
        document.body.innerHTML = '<b>markup</b>'
        return false
      } catch {
        return true
      }
    })
    expect(isRefused).toBe(true)
    await expect.poll(() => violations, { timeout: 10_000 }).toEqual(['require-trusted-types-for'])
    demo.pageErrors.splice(0)
    return { kind: 'accept' }
  },
)
