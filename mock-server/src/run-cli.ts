import { helpText, parseCliArguments, type CliArguments } from './cli-arguments.js'
import type { Listener } from './listener.js'
import { MockServerError } from './mock-server-error.js'
import { createNodeMockServer, type NodeMockServer } from './node-mock-server.js'

/** Where the command writes. */
export interface CliOutput {
  out(text: string): void
  error(text: string): void
}

/** How a run began: with an open port, or with nothing to wait for. */
export type CliRun = { exitCode: 0 | 1 } | { listener: Listener; mock: NodeMockServer }

/** Runs the command. A taken port, an unknown flag or a bad value is a message and exit code 1. */
export async function runCli(args: readonly string[], output: CliOutput): Promise<CliRun> {
  const parsed = parseCliArguments(args)
  if (parsed.kind === 'help') {
    output.out(helpText)
    return { exitCode: 0 }
  }
  if (parsed.kind === 'invalid') {
    output.error(`spatio-mock-server: ${parsed.message}\nTry --help.\n`)
    return { exitCode: 1 }
  }
  try {
    return await start(parsed, output)
  } catch (error) {
    if (!(error instanceof MockServerError)) throw error
    output.error(`spatio-mock-server: ${error.message}\n`)
    return { exitCode: 1 }
  }
}

async function start(
  parsed: Extract<CliArguments, { kind: 'start' }>,
  output: CliOutput,
): Promise<{ listener: Listener; mock: NodeMockServer }> {
  const { port, host, users, clients, autoConsent, force } = parsed
  const mock = createNodeMockServer({
    clients,
    autoConsent,
    onUnexpectedError: (error) => output.error(`spatio-mock-server: ${String(error)}\n`),
    ...(users.length > 0 ? { users } : {}),
  })
  const listener = await mock.listen({ port, host, force })
  output.out(createBanner(mock))
  return { listener, mock }
}

function createBanner(mock: NodeMockServer): string {
  const users = mock.users.list().map((user) => user.name ?? user.email ?? user.sub)
  const clients = mock.clients
    .list()
    .map((client) => `${client.client_id} -> ${client.redirect_uris.join(', ')}`)
  return `
  MOCK SPATIO AUTHORITY: for demos and tests only.
  It signs anyone in without a password, with keys everybody has.

  issuer     ${mock.issuer}
  discovery  ${mock.issuer}/.well-known/openid-configuration
  users      ${users.join(', ')}
  clients    ${clients.join('\n             ')}

`
}
