import { CommanderError } from '@commander-js/extra-typings'
import { CliError, EXIT, type ExitCode } from './cli-error.js'
import { createProgram } from './program.js'
import { createPaint } from './terminal/paint.js'
import { print, type Terminal } from './terminal/terminal.js'

/** Runs a command line, without the name of the program. A refusal is a message and an exit code. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done
  const program = createProgram({ terminal, end: (code) => (exitCode = code) })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (!(error instanceof CliError)) throw error
    const isJson = args[0] !== 'mock' && args.includes('--json')
    if (isJson) printJson(error, terminal)
    else explain(error, terminal)
    return error.exitCode
  }
}

function explain({ message, fix }: CliError, terminal: Terminal): void {
  const paint = createPaint(terminal, 'error')
  terminal.error.write(`${paint.bad('✗')} ${message}\n`)
  if (fix !== undefined) terminal.error.write(`  ${paint.quiet('Fix:')} ${fix}\n`)
}

function printJson({ code, message, fix }: CliError, terminal: Terminal): void {
  print(terminal, JSON.stringify({ error: { code, message, fix } }, null, 2))
}
