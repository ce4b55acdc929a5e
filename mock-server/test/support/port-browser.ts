import { createVirtualBrowser, type VirtualBrowser } from '../../src/virtual-browser/virtual-browser.js'

/** The virtual browser over a real port: cookies travel as headers. */
export function openPortBrowser(issuer: string): VirtualBrowser {
  return createVirtualBrowser({
    issuer,
    fetch: async (request, info) => {
      const headers = new Headers(request.headers)
      headers.set('cookie', info?.cookies?.header(new URL(request.url)) ?? '')
      const response = await fetch(new Request(request, { headers, redirect: 'manual' }))
      info?.cookies?.store(response.headers.getSetCookie())
      return response
    },
  })
}
