import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type * as Register from '../src/service-worker/register-mock-service-worker.js'
import { pkce, toAuthorizeQuery } from './support/flow.js'
import { openBrowser } from './support/open-browser.js'
import { openStaticSite, type StaticSite } from './support/static-site.js'

let site: StaticSite
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  ;[site, browser] = await Promise.all([openStaticSite(), openBrowser()])
})
afterEach(() => context.close())
afterAll(async () => {
  await browser.close()
  await site.close()
})

async function visit(path = ''): Promise<void> {
  context = await browser.newContext()
  context.setDefaultTimeout(10_000)
  page = await context.newPage()
  await page.goto(new URL(path, site.url).href)
}

type Options = Partial<Register.RegisterMockServiceWorkerInit>

/** Calls the package's own function, which the page has loaded; returns the issuer or the error's code. */
function register(options: Options = {}): Promise<string> {
  return page.evaluate(async (init) => {
    const { registerMock } = globalThis as unknown as {
      registerMock: typeof Register.registerMockServiceWorker
    }
    try {
      return (await registerMock({ scriptUrl: 'spatio-mock-worker.js', ...init })).issuer
    } catch (error) {
      return (error as Register.MockServiceWorkerError).code
    }
  }, options)
}

/** Stops every worker, as the browser does on its own after a while, and waits until it has stopped. */
async function stopWorkers(): Promise<void> {
  const session = await context.newCDPSession(page)
  const stopped = new Promise<void>((resolve) => {
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve()
    })
  })
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await stopped
  await session.detach()
}

async function openConsent(issuer: string, changes: Record<string, string> = {}): Promise<void> {
  const query = toAuthorizeQuery({ client_id: 'demo-app', redirect_uri: site.url, ...changes })
  await page.goto(`${issuer}/oauth2/authorize?${query}`)
}

async function allow(name: string): Promise<string> {
  await page.getByRole('radio', { name }).check()
  await Promise.all([
    page.waitForURL((url) => url.href.startsWith(`${site.url}?`)),
    page.getByRole('button', { name: 'Allow' }).click(),
  ])
  return new URL(page.url()).searchParams.get('code') ?? ''
}

interface Answer {
  status: number
  body: Record<string, unknown>
}

function ask(url: string, init: { form?: Record<string, string>; token?: unknown } = {}): Promise<Answer> {
  return page.evaluate(
    async ([target, { form, token }]) => {
      const response = await fetch(target, {
        ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
        ...(token ? { headers: { authorization: `Bearer ${String(token)}` } } : {}),
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    [url, init] as const,
  )
}

const redeem = (issuer: string, code: string): Promise<Answer> =>
  ask(`${issuer}/oauth2/token`, {
    form: {
      grant_type: 'authorization_code',
      client_id: 'demo-app',
      code,
      redirect_uri: site.url,
      code_verifier: pkce.verifier,
    },
  })

const refresh = (issuer: string, token: unknown): Promise<Answer> =>
  ask(`${issuer}/oauth2/token`, {
    form: { grant_type: 'refresh_token', client_id: 'demo-app', refresh_token: String(token) },
  })

it('says why there is no worker: a script that is not there, a page out of its scope', async () => {
  await visit()
  expect(await register({ scriptUrl: 'nothing.js' })).toBe('script_failed')
  await visit('/outside/')
  expect(await register({ scriptUrl: '/demo/spatio-mock-worker.js', timeout: 500 })).toBe('not_controlled')
})

it('is there as the README says', async () => {
  await visit('readme.html')
  await page.waitForFunction(() => document.title.endsWith('__spatio'))
  const issuer = await page.title()
  expect((await ask(`${issuer}/.well-known/openid-configuration`)).body).toMatchObject({ issuer })
})

it('refuses a decision that the page it showed did not make', async () => {
  await visit()
  const issuer = await register()
  await openConsent(issuer)
  await page.locator('input[name=csrf]').evaluate((field) => field.setAttribute('value', 'forged'))
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByText('This decision cannot be accepted').waitFor()
})

it('signs in with consent and refreshes below a sub-path, and no request reaches the host', async () => {
  await visit()
  const issuer = await register()
  expect(issuer).toBe(`${site.url}__spatio`)
  expect((await ask(`${issuer}/.well-known/openid-configuration`)).body).toMatchObject({ issuer })
  await openConsent(issuer)
  const { body: tokens } = await redeem(issuer, await allow('Jonas Lindqvist'))
  const userInfo = await ask(`${issuer}/oauth2/userinfo`, { token: tokens['access_token'] })
  expect(userInfo.body).toMatchObject({ sub: 'usr_jonas' })
  const refreshed = await refresh(issuer, tokens['refresh_token'])
  expect(refreshed.status).toBe(200)
  // The one that was used is used up, and its family with it.
  expect((await refresh(issuer, tokens['refresh_token'])).body).toMatchObject({ error: 'invalid_grant' })
  expect(site.missed.filter((path) => path.includes('__spatio'))).toEqual([])
})

it('goes on where it was when the worker is stopped at every step of the way', async () => {
  await visit()
  const issuer = await register()
  await openConsent(issuer)
  await stopWorkers()
  const code = await allow('Yuki Tanabe')
  await stopWorkers()
  const { status, body: tokens } = await redeem(issuer, code)
  expect(status).toBe(200)
  await stopWorkers()
  expect((await refresh(issuer, tokens['refresh_token'])).status).toBe(200)
  await stopWorkers()
  await openConsent(issuer, { prompt: 'none' })
  expect(new URL(page.url()).searchParams.get('code')).toMatch(/^cod_/)
})

it('serves a page again after a forced reload, and takes new options', async () => {
  await visit()
  await register()
  const session = await context.newCDPSession(page)
  const loaded = page.waitForEvent('load')
  await session.send('Page.reload', { ignoreCache: true })
  await loaded
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull()
  const options = { path: '/authority', users: [{ sub: 'u1', name: 'Ada Byron' }], autoConsent: true }
  const issuer = await register({ options })
  expect(issuer).toBe(`${site.url}authority`)
  await openConsent(issuer)
  const { body } = await redeem(issuer, new URL(page.url()).searchParams.get('code') ?? '')
  expect((await ask(`${issuer}/oauth2/userinfo`, { token: body['access_token'] })).body).toMatchObject({
    sub: 'u1',
  })
})
