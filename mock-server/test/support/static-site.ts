import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWorker } from '../../build-worker.js'

/** A server of files that knows nothing of the mock, with a site below `/demo/`. */
export interface StaticSite {
  /** Of the site, with a slash at its end. */
  readonly url: string
  /** Paths that were asked for and are no file. */
  readonly missed: string[]
  close(): Promise<void>
}

const library = fileURLToPath(new URL('../../dist/service-worker/', import.meta.url))

const page = `<!doctype html><title>A static site</title><script type="module">
  import { registerMockServiceWorker } from './library/register-mock-service-worker.js'
  window.registerMock = registerMockServiceWorker
</script>`

/** The page's part of the README, as it stands there; it finds the package by an import map. */
function toReadmePage(): string {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const script = /```ts\n\/\/ page\.ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const imports = {
    '@spatio-labs/mock-server/service-worker/register': './library/register-mock-service-worker.js',
  }
  return `<!doctype html><title>README</title><script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module">${script}
  document.title = issuer</script>`
}

/** Serves a page, the bundled worker and the package's own files, as a static host would. */
export async function openStaticSite(): Promise<StaticSite> {
  const folder = mkdtempSync(join(tmpdir(), 'spatio-worker-'))
  await buildWorker(folder)
  const missed: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    const file = readSiteFile(folder, pathname)
    if (file === undefined) missed.push(pathname)
    const mediaType = pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8'
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': mediaType }).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/demo/`,
    missed,
    close: () => {
      rmSync(folder, { recursive: true })
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function readSiteFile(folder: string, pathname: string): string | Buffer | undefined {
  if (pathname === '/demo/' || pathname === '/outside/') return page
  if (pathname === '/demo/readme.html') return toReadmePage()
  if (pathname === '/demo/spatio-mock-worker.js') return readFileSync(join(folder, 'spatio-mock-worker.js'))
  const name = /^\/(?:demo|outside)\/library\/([\w-]+\.js)$/.exec(pathname)?.[1]
  return name === undefined ? undefined : readFileSync(join(library, name))
}
