import { chromium } from 'playwright-core'

/** Chromium at `CHROMIUM_PATH`, else the one playwright-core installed. */
export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH,
    args: ['--no-sandbox', '--disable-background-networking'],
  })
}

export function sendPage(response, body, headers = {}) {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
  response.end(`<!doctype html><title>evidence</title>${body}`)
}

export const anyOrigin = { 'access-control-allow-origin': '*' }

/** The same server by the other loopback name: another site for Chromium. */
export function onLocalhost(origin) {
  return origin.replace('127.0.0.1', 'localhost')
}
