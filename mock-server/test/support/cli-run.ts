import type { Listener } from '../../src/index.js'
import { runCli } from '../../src/cli/run-cli.js'

const open: Listener[] = []

/** Closes every port a run has opened. */
export async function closeRuns(): Promise<void> {
  await Promise.all(open.splice(0).map((listener) => listener.close()))
}

/** What a run wrote, and how it went. */
export interface Run {
  text: { out: string; error: string }
  exitCode: number | undefined
  listener: Listener | undefined
}

/** Runs the command in this process. */
export async function run(args: readonly string[], hasColor = false, isErrorTerminal = false): Promise<Run> {
  const text = { out: '', error: '' }
  const result = await runCli(args, {
    out: (chunk) => (text.out += chunk),
    error: (chunk) => (text.error += chunk),
    hasColor,
    isErrorTerminal,
  })
  if (!('listener' in result)) return { text, exitCode: result.exitCode, listener: undefined }
  open.push(result.listener)
  return { text, exitCode: undefined, listener: result.listener }
}

/** Runs the command on a free port, where it must start. */
export async function start(
  args: readonly string[],
  hasColor = false,
  isErrorTerminal = false,
): Promise<Run & { listener: Listener }> {
  const started = await run(['--port', '0', ...args], hasColor, isErrorTerminal)
  if (!started.listener) throw new Error(started.text.error)
  return { ...started, listener: started.listener }
}
