import { createServer, type AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { FLAGS } from '../../scripts/browser-flags.js'
import { findBrowser } from '../../scripts/find-browser.js'
import { startDemo } from '../demo/start.js'
import { FRAMEWORKS } from '../src/frameworks.js'
import { watch } from './kit/open-demo.js'
import { signIn } from './kit/person.js'

async function occupyPort(host = '127.0.0.1') {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return { port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

async function isListening(port: number): Promise<boolean> {
  const server = createServer()
  const failed = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(true))
    server.listen(port, '127.0.0.1', () => resolve(false))
  })
  if (!failed) await new Promise((resolve) => server.close(resolve))
  return failed
}

describe('startDemo', () => {
  it('refuses a port that was asked for and is taken, and says what to do', async () => {
    await using taken = await occupyPort()
    const refused = startDemo({ port: taken.port, mockPort: 0 })
    await expect(refused).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringContaining(`${taken.port}`),
    })
  })

  it('refuses a port that another program holds on ::1, where a browser would meet it first', async ({
    skip,
  }) => {
    await using taken = await occupyPort('::1').catch(() => skip('this machine has no ::1'))
    await expect(startDemo({ port: taken.port, mockPort: 0 })).rejects.toMatchObject({ code: 'port_taken' })
  })

  it("leaves nothing running when the mock's port is taken", async () => {
    const free = await occupyPort()
    await free[Symbol.asyncDispose]()
    await using taken = await occupyPort()
    await expect(startDemo({ port: free.port, mockPort: taken.port })).rejects.toMatchObject({
      code: 'port_taken',
    })
    expect(await isListening(free.port)).toBe(false)
  })

  it('refuses one port for both', async () => {
    const free = await occupyPort()
    await free[Symbol.asyncDispose]()
    await expect(startDemo({ port: free.port, mockPort: free.port })).rejects.toMatchObject({
      code: 'port_taken',
    })
  })

  it.each([-1, 1.5, 65_536, Number.NaN])('refuses %d as a port', async (port) => {
    await expect(startDemo({ port, mockPort: 0 })).rejects.toMatchObject({ code: 'port_invalid' })
  })

  it('registers the redirect URIs of the port it got, and frees both ports when closed', async () => {
    const demo = await startDemo({ port: 0, mockPort: 0 })
    const [page, mock] = [Number(new URL(demo.url).port), Number(new URL(demo.issuer).port)]
    expect(demo.mock.clients.get('playground')?.redirect_uris).toContain(demo.url)
    expect(await fetch(new URL('/', `http://127.0.0.1:${page}`)).then(({ status }) => status)).toBe(200)
    await demo.close()
    await demo.close()
    expect([await isListening(page), await isListening(mock)]).toEqual([false, false])
  })

  // All other tests in a browser visit the same page, built once for all.
  it('serves the sources, in which every framework shows the session', async () => {
    const demo = await startDemo({ port: 0, mockPort: 0 })
    const browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS })
    try {
      const context = await browser.newContext({ reducedMotion: 'reduce' })
      const pageErrors: string[] = []
      watch(context, pageErrors)
      const page = await context.newPage()
      await page.goto(demo.url)
      await signIn(page)
      for (const framework of FRAMEWORKS) {
        await page.goto(`${demo.url}?framework=${framework}`)
        await page.locator(`.app[data-framework=${framework}]`).getByText('Mira Okafor').first().waitFor()
      }
      expect(pageErrors).toEqual([])
    } finally {
      await browser.close()
      await demo.close()
    }
  })
})
