import { createCookieJar, type CookieJar } from '../cookie-jar.js'
import type { MockServer } from '../mock-server.js'
import { findDecisionForm, toPageText, type PageForm } from './page-form.js'
import { VirtualBrowserError } from './virtual-browser-error.js'

/** What the person in front of the consent page does. */
export interface SignInChoice {
  /** The `sub` of the user to pick. @default the one the page has picked */
  user?: string
  /** @default 'allow' */
  decision?: 'allow' | 'deny'
}

/** Where a browser came to rest: at a page of the authority, or away from it, at `url`. */
export type Visit =
  { kind: 'page'; url: URL; status: number; text: string; markup: string } | { kind: 'left'; url: URL }

/**
 * A browser in this process, for tests: follows the authority's redirects, keeps its cookies and answers its
 * consent page. It opens no socket and never loads what it is sent away to.
 */
export interface VirtualBrowser {
  /**
   * Opens a URL of the authority and follows its redirects.
   * @throws VirtualBrowserError `too_many_redirects`, `left_early`
   */
  open(url: string | URL): Promise<Visit>
  /**
   * Goes from an authorization URL through the consent page, where one is shown, to the callback.
   *
   * @returns the callback URL as the app would find it in its address bar; after a denial it carries `error`
   * @throws VirtualBrowserError `page_shown` with the page's text, `user_unknown`, `too_many_redirects`, `left_early`
   */
  signIn(authorizationUrl: string | URL, choice?: SignInChoice): Promise<URL>
  /** Forgets every cookie: nobody is signed in at the authority any more. */
  clearCookies(): void
}

type Authority = Pick<MockServer, 'fetch' | 'issuer'>

// Browsers give up at 20.
const maximumRedirects = 20

/** A browser with no cookies yet, in front of a mock. */
export function createVirtualBrowser(mock: Authority): VirtualBrowser {
  const cookies = createCookieJar()
  return {
    open: (url) => visit(mock, cookies, new Request(new URL(url))),
    signIn: async (authorizationUrl, choice = {}) => {
      const arrival = await visit(mock, cookies, new Request(new URL(authorizationUrl)))
      if (arrival.kind === 'left') return arrival.url
      const form = findDecisionForm(arrival.markup)
      if (!form) throw createPageError(arrival)
      const decided = await visit(mock, cookies, createDecision(arrival, form, choice))
      if (decided.kind === 'left') return decided.url
      throw createPageError(decided)
    },
    clearCookies: () => cookies.clear(),
  }
}

async function visit(mock: Authority, cookies: CookieJar, first: Request): Promise<Visit> {
  let request = first
  if (!isInside(mock, new URL(request.url))) {
    throw new VirtualBrowserError('left_early', `${toPlace(request.url)} is not below ${mock.issuer}`)
  }
  for (let count = 0; count <= maximumRedirects; count += 1) {
    const response = await mock.fetch(request, { cookies })
    const location = response.headers.get('location')
    if (location === null) return toPage(request, response)
    const url = new URL(location, request.url)
    if (!isInside(mock, url)) return { kind: 'left', url }
    request = new Request(url)
  }
  const message = `${toPlace(first.url)} still redirects after ${maximumRedirects} redirects`
  throw new VirtualBrowserError('too_many_redirects', message)
}

async function toPage(request: Request, response: Response): Promise<Visit> {
  const markup = await response.text()
  const url = new URL(request.url)
  return { kind: 'page', url, status: response.status, text: toPageText(markup), markup }
}

function createDecision(
  page: Extract<Visit, { kind: 'page' }>,
  form: PageForm,
  { user, decision = 'allow' }: SignInChoice,
): Request {
  const users = form.choices.get('user') ?? []
  if (user !== undefined && !users.includes(user)) {
    const message = `The page offers no user "${user}", but ${users.join(', ')}`
    throw new VirtualBrowserError('user_unknown', message, page)
  }
  const picked = user ?? form.checked.get('user') ?? ''
  const body = new URLSearchParams([...form.hidden, ['user', picked], ['decision', decision]])
  return new Request(new URL(form.action, page.url), {
    method: 'POST',
    body: body.toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: page.url.origin },
  })
}

function createPageError(page: Extract<Visit, { kind: 'page' }>): VirtualBrowserError {
  const message = `The sign-in ended at a page (${page.status}) of the authority:\n${page.text}`
  return new VirtualBrowserError('page_shown', message, page)
}

function isInside(mock: Authority, url: URL): boolean {
  return url.href.startsWith(`${mock.issuer}/`)
}

/** A URL without what may be secret in it. */
function toPlace(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
