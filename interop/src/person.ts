import type { Visit } from './relying-party.js'

/** Longest way from an application to the authority and back; Spatio's has three redirects. */
const maximumSteps = 6

/**
 * A person with a browser of their own: follows redirects, keeps cookies, allows on the consent page, and stops
 * where the authority sends them back to the application.
 */
export function createPerson({ sub = 'usr_mira', decision = 'allow' } = {}): Visit {
  const cookies = new Map<string, string>()
  return async (authorizationUrl) => {
    const authority = authorizationUrl.origin
    let request = new Request(authorizationUrl)
    for (let step = 0; step < maximumSteps; step += 1) {
      const response = await send(request, cookies)
      const location = response.headers.get('location')
      if (location !== null) {
        const next = new URL(location, request.url)
        if (next.origin !== authority) return next
        request = new Request(next)
        continue
      }
      const page = await response.text()
      if (response.status !== 200)
        throw new Error(`The authority shows a page with status ${response.status}`)
      request = toDecision(page, request.url, { user: sub, decision })
    }
    throw new Error('The authority does not send the person back')
  }
}

async function send(request: Request, cookies: Map<string, string>): Promise<Response> {
  const headers = new Headers(request.headers)
  if (cookies.size > 0)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
  const response = await fetch(new Request(request, { headers, redirect: 'manual' }))
  for (const line of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
    cookies.set(name, value)
  }
  return response
}

/** The consent form, sent as the browser sends it. */
function toDecision(page: string, pageUrl: string, choice: Record<string, string>): Request {
  const action = /<form[^>]*action="([^"]*)"/.exec(page)?.[1]
  if (action === undefined) throw new Error('The page has no form')
  const hidden = [...page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]): [string, string] => [
    /name="([^"]*)"/.exec(input)?.[1] ?? '',
    /value="([^"]*)"/.exec(input)?.[1] ?? '',
  ])
  return new Request(new URL(action, pageUrl), {
    method: 'POST',
    headers: { origin: new URL(pageUrl).origin },
    body: new URLSearchParams([...hidden, ...Object.entries(choice)]),
  })
}
