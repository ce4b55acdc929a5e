import { styleText } from 'node:util'
import type { LoggedRequest } from '../pipeline/request-log.js'
import type { CliOutput } from './cli-output.js'

type Color = 'green' | 'yellow' | 'red' | 'cyan' | 'dim'

/** Writes a line for every request. What the log holds is redacted already. */
export function createRequestLogger(
  mode: 'text' | 'json' | 'none',
  output: CliOutput,
): (request: LoggedRequest) => void {
  if (mode === 'none') return () => undefined
  if (mode === 'json') return (request) => output.out(`${JSON.stringify(request)}\n`)
  const paint = (color: Color, text: string): string =>
    output.hasColor ? styleText(color, text, { validateStream: false }) : text
  return (request) => output.out(`${toLine(request, paint)}\n`)
}

function toLine(request: LoggedRequest, paint: (color: Color, text: string) => string): string {
  const { at, method, path, status, error, faults, grant, clientId, sub } = request
  const time = new Date(at).toISOString().slice(11, 19)
  const details = [
    grant === undefined ? undefined : toPrintable(`grant=${grant}`),
    clientId === undefined ? undefined : toPrintable(`client=${clientId}`),
    sub === undefined ? undefined : toPrintable(`user=${sub}`),
    error === undefined ? undefined : paint('red', `error=${toPrintable(error)}`),
    faults.length === 0 ? undefined : paint('yellow', `fault=${faults.join(',')}`),
  ]
  const code = paint(toColor(status), String(status ?? '---'))
  const line = `${paint('dim', time)} ${code} ${method.padEnd(6)} ${toPrintable(path)}`
  return [line, ...details].filter((part) => part !== undefined).join(' ')
}

function toColor(status: number | undefined): Color {
  if (status === undefined || status >= 500) return 'red'
  if (status >= 400) return 'yellow'
  return status >= 300 ? 'cyan' : 'green'
}

/** A request must not steer the terminal: control characters are shown as `?`. */
function toPrintable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?')
}
