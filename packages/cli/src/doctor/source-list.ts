/** Whether a source list of a Content-Security-Policy lets the page reach a URL (CSP 3, 6.7.2). */
export function isAllowedBy(sources: readonly string[], url: URL, page: URL): boolean {
  return sources.some((source) => matches(source, url, page))
}

function matches(source: string, url: URL, page: URL): boolean {
  if (source === '*') return /^(https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol
  if (source.toLowerCase() === "'self'") return url.origin === page.origin
  if (/^[a-z][a-z0-9+.-]*:$/i.test(source)) return isScheme(source.toLowerCase(), url.protocol)
  return matchesHost(source, url, page)
}

/** http stands for https too (CSP 3, 6.7.2.9). */
function isScheme(wanted: string, protocol: string): boolean {
  return wanted === protocol || (wanted === 'http:' && protocol === 'https:')
}

function matchesHost(source: string, url: URL, page: URL): boolean {
  const parts = /^(?:([a-z][a-z0-9+.-]*:)\/\/)?([^/:'\s]+|\[[^\]]+\])(?::(\d+|\*))?(\/.*)?$/i.exec(source)
  if (parts === null) return false
  const [, scheme = page.protocol, host = '', port, path] = parts
  if (!isScheme(scheme.toLowerCase(), url.protocol)) return false
  if (!matchesName(host.toLowerCase(), url.hostname)) return false
  if (!matchesPort(port, url, scheme.toLowerCase())) return false
  if (path === undefined || path === '/') return true
  return path.endsWith('/') ? url.pathname.startsWith(path) : url.pathname === path
}

function matchesName(wanted: string, hostname: string): boolean {
  if (wanted === '*') return true
  return wanted.startsWith('*.') ? hostname.endsWith(wanted.slice(1)) : hostname === wanted
}

function matchesPort(port: string | undefined, url: URL, scheme: string): boolean {
  if (port === '*') return true
  // URL drops the default port of its scheme.
  const actual = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (port === undefined) return url.port === ''
  return port === actual || (scheme === 'http:' && port === '80' && actual === '443')
}
