import { confirm, isCancel, select, text } from '@clack/prompts'
import { CliError, EXIT, missingFlag } from '../cli-error.js'
import { isInteractive, type Terminal } from './terminal.js'

/** A question, and the flag that answers it beforehand. */
export interface Question {
  readonly flag: string
  /** Of the flag, for whoever has to give it: "the name users see". */
  readonly what: string
  readonly message: string
}

/**
 * Asks for a line of text.
 * @throws CliError `flag_missing` where nobody can be asked, `interrupted` by Ctrl+C
 */
export async function askText(
  terminal: Terminal,
  question: Question & {
    readonly initialValue?: string
    /** What is wrong with an answer; undefined when nothing is. */
    readonly problem?: (value: string) => string | undefined
  },
): Promise<string> {
  requireSomebody(terminal, question)
  const { message, initialValue, problem } = question
  const validate = (value: string | undefined): string | undefined => {
    const given = (value ?? '').trim()
    return given === '' ? 'Please enter something' : problem?.(given)
  }
  const answer = await text({
    ...streams(terminal),
    message,
    validate,
    ...(initialValue !== undefined && { initialValue }),
  })
  return requireAnswer(answer).trim()
}

/** Asks for a yes or a no. @throws as `askText` */
export async function askYes(
  terminal: Terminal,
  question: Question & { readonly initialValue?: boolean },
): Promise<boolean> {
  requireSomebody(terminal, question)
  const { message, initialValue = false } = question
  return requireAnswer(await confirm({ ...streams(terminal), message, initialValue }))
}

/** Asks for one of several. @throws as `askText` */
export async function askChoice<Value extends string>(
  terminal: Terminal,
  question: Question & { readonly choices: readonly { value: Value; label: string }[] },
): Promise<Value> {
  requireSomebody(terminal, question)
  const { message, choices } = question
  const options = choices.map(({ value, label }) => ({ value: value as string, label }))
  const answer = requireAnswer(await select<string>({ ...streams(terminal), message, options }))
  return answer as Value
}

function streams({ input, output }: Terminal): Pick<Terminal, 'input' | 'output'> {
  return { input, output }
}

function requireSomebody(terminal: Terminal, { flag, what }: Question): void {
  if (!isInteractive(terminal)) throw missingFlag(flag, what)
}

function requireAnswer<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new CliError('interrupted', 'Stopped.', { exitCode: EXIT.interrupted })
  return answer as Exclude<T, symbol>
}
