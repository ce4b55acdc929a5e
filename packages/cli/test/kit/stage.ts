import { createMockServer, type MockServer } from '@spatio-labs/mock-server'
import { runCli } from '../../src/run-cli.js'
import type { CheckResult } from '../../src/doctor/report.js'
import { openAppServer, type AppServer } from './app-server.js'
import { createFakeTerminal } from './fake-terminal.js'

export const CLIENT_ID = 'app_doctor'

/** The mock authority and an app, each behind a real port. */
export interface Stage {
  readonly mock: MockServer
  readonly issuer: string
  readonly app: AppServer
  readonly redirectUri: string
  /** Runs `doctor` as a program would. */
  readonly examine: (...flags: string[]) => Promise<{ exitCode: number; checks: Map<string, CheckResult> }>
  readonly close: () => Promise<void>
}

export async function openStage(): Promise<Stage> {
  const app = await openAppServer()
  const redirectUri = `${app.origin}/callback`
  const mock = createMockServer({ clients: [{ client_id: CLIENT_ID, redirect_uris: [redirectUri] }] })
  const listener = await mock.listen({ port: 0, host: '127.0.0.1' })
  const issuer = listener.url
  return {
    ...{ mock, issuer, app, redirectUri },
    examine: async (...flags) => {
      const terminal = createFakeTerminal()
      const given = ['--issuer', issuer, '--client-id', CLIENT_ID, '--redirect-uri', redirectUri, '--json']
      const exitCode = await runCli(['doctor', ...given, ...flags], terminal)
      const { checks } = JSON.parse(terminal.written()) as { checks: CheckResult[] }
      return { exitCode, checks: new Map(checks.map((check) => [check.id, check])) }
    },
    close: async () => {
      await listener.close()
      await app.close()
    },
  }
}
