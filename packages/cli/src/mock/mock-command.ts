import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { EXIT } from '../cli-error.js'
import type { CommandContext } from '../command-context.js'

/** `spatio-auth mock`: the command of the mock-server, with all of its own flags. */
export function addMockCommand(program: CommandUnknownOpts, { end }: CommandContext): void {
  program
    .command('mock')
    .description('run the mock authority')
    .helpOption(false)
    .argument('[arguments...]', 'see: spatio-auth mock --help')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args) => end((await runScript(findMock(), args)) === 0 ? EXIT.done : EXIT.failed))
}

/**
 * In a process of its own, with this one's terminal; the script decides when it is done.
 * @returns its exit code
 */
export async function runScript(script: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' })
  const pass = (signal: NodeJS.Signals): void => {
    // Ctrl+C reaches both by the terminal; a second one would end it before it has closed its port.
    if (signal === 'SIGTERM' || process.stdin.isTTY !== true) child.kill(signal)
  }
  process.on('SIGINT', pass).on('SIGTERM', pass)
  try {
    const [code]: unknown[] = await once(child, 'close')
    return typeof code === 'number' ? code : 1
  } finally {
    process.off('SIGINT', pass).off('SIGTERM', pass)
  }
}

/** The script behind the command `spatio-mock-server`, as its manifest says. */
export function findMock(): string {
  const manifest = createRequire(import.meta.url).resolve('@spatio-labs/mock-server/package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> }
  return join(dirname(manifest), bin['spatio-mock-server'] ?? '')
}
