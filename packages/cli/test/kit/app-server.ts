import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** How the app answers. */
export interface AppAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** A running app on a port of its own, whose answers a test decides. */
export interface AppServer {
  readonly origin: string
  /** Until the block ends, it answers like this. */
  readonly answerWith: (answer: Partial<AppAnswer>) => Disposable
  readonly close: () => Promise<void>
}

const GOOD: AppAnswer = {
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Notes</title>',
}

export async function openAppServer(): Promise<AppServer> {
  let current = GOOD
  const server: Server = createServer((_request, response) => {
    response.writeHead(current.status, current.headers).end(current.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    answerWith: (answer) => {
      current = { ...GOOD, ...answer, headers: { ...GOOD.headers, ...answer.headers } }
      return { [Symbol.dispose]: () => void (current = GOOD) }
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
