import { parse } from 'hono/utils/cookie'

/** A cookie of the authority, as a browser keeps it. */
export interface KeptCookie {
  name: string
  value: string
  path: string
}

/**
 * The cookies of one browser, for places that cannot carry them as headers: a service worker's answers and
 * happy-dom's drop `Set-Cookie`. Only the authority's own cookies are ever in it, so the path decides alone.
 */
export interface CookieJar {
  /** The `Cookie` header for a URL; empty when there is none. */
  header(url: URL): string
  /** Takes over the lines of `Set-Cookie`. */
  store(lines: readonly string[]): void
  list(): KeptCookie[]
  clear(): void
}

/** A jar with the cookies it is given. */
export function createCookieJar(cookies: readonly KeptCookie[] = []): CookieJar {
  const byKey = new Map<string, KeptCookie>()
  const keep = (cookie: KeptCookie): void => void byKey.set(`${cookie.path} ${cookie.name}`, { ...cookie })
  cookies.forEach(keep)
  return {
    header: (url) =>
      [...byKey.values()]
        .filter(({ path }) => isPathMatch(url.pathname, path))
        .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
        .join('; '),
    store: (lines) => lines.map(toCookie).forEach(keep),
    list: () => [...byKey.values()].map((cookie) => ({ ...cookie })),
    clear: () => byKey.clear(),
  }
}

/** RFC 6265 5.1.4. */
function isPathMatch(requested: string, path: string): boolean {
  return requested === path || requested.startsWith(path.endsWith('/') ? path : `${path}/`)
}

function toCookie(line: string): KeptCookie {
  const [pair = '', ...attributes] = line.split(';')
  const name = pair.slice(0, pair.indexOf('=')).trim()
  const path = attributes.map((attribute) => /^\s*path=(.*)$/i.exec(attribute)?.[1]).find(Boolean) ?? '/'
  return { name, value: parse(pair, name)[name] ?? '', path }
}
