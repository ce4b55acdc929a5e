import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

/** The app of the storm: one page and its chunks, served with the time of the simulated world. */
export interface AppServer {
  readonly url: string
  /** The engine chunk is gone, as after a deploy; pages that run go on. */
  deploy(isEngineThere: boolean): void
  close(): Promise<void>
}

/** What the page is told, and the clock its `Date` header is read from (ms). */
export interface AppSettings {
  readonly settings: () => object
  readonly now: () => number
}

export async function startApp({ settings, now }: AppSettings): Promise<AppServer> {
  const files = await buildPage()
  let isEngineThere = true
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const file = files.get(path === '/' ? '/index.html' : path)
    const isGone = file === undefined || (!isEngineThere && path.includes('engine'))
    response.setHeader('Date', new Date(now()).toUTCString())
    response.setHeader('Cache-Control', 'no-store')
    if (isGone) return void response.writeHead(404).end()
    response.setHeader('Content-Type', path.endsWith('.js') ? 'text/javascript' : 'text/html')
    const attribute = JSON.stringify(settings()).replaceAll('"', '&quot;')
    response.end(file.replace('<html ', `<html data-settings="${attribute}" `))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}/`,
    deploy: (isThere) => void (isEngineThere = isThere),
    close: () => closeServer(server),
  }
}

async function buildPage(): Promise<Map<string, string>> {
  const result = (await build({
    root: fileURLToPath(new URL('../page', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', modulePreload: false },
  })) as Rolldown.RolldownOutput
  return new Map(
    result.output.map((file) => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : String(file.source),
    ]),
  )
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => void server.close(() => resolve()))
}
