import { open, readFile, realpath, rename, unlink } from 'node:fs/promises'
import { MockServerError } from '../mock-server-error.js'
import type { MockState } from '../state/mock-state.js'
import { parseMockState } from '../state/parse-mock-state.js'

/** A file in which the state of a mock survives a restart. */
export interface StateFile {
  /** What it held when it was opened; undefined when there was none. */
  readonly state: MockState | undefined
  /**
   * Keeps the state as it is now or later. Calls that come while a write is under way share the next one.
   * @throws MockServerError `state_not_kept`
   */
  save(getState: () => MockState): Promise<void>
}

/**
 * Opens a state file. One that cannot be read as a state is refused and left as it is.
 *
 * @throws MockServerError `invalid_state`
 */
export async function openStateFile(path: string): Promise<StateFile> {
  // A link is followed, so that the rename replaces the file it points to.
  const target = await realpath(path).catch(() => path)
  const content = await readContent(target)
  let kept = content
  let writing: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const write = async (getState: () => MockState): Promise<void> => {
    const text = `${JSON.stringify(getState(), null, 1)}\n`
    if (text === kept) return
    await writeAtomically(target, text)
    kept = text
  }
  return {
    state: content === undefined ? undefined : parseContent(content, path),
    save: (getState) => {
      const begin = (): Promise<void> => {
        next = undefined
        writing = write(getState)
        return writing
      }
      next ??= writing.then(begin, begin)
      return next
    },
  }
}

async function readContent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new MockServerError('invalid_state', `Cannot read the state file ${path}: ${code}`, { cause })
  }
}

function parseContent(content: string, path: string): MockState {
  try {
    return parseMockState(parseJson(content))
  } catch (cause) {
    if (!(cause instanceof MockServerError)) throw cause
    throw new MockServerError(
      'invalid_state',
      `The state file ${path} is left as it is and cannot be used: ${cause.message}. Move it away to start anew`,
      { cause },
    )
  }
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch (cause) {
    throw new MockServerError('invalid_state', 'It is not JSON', { cause })
  }
}

/** Whoever reads the file sees the old text or the new one, never a part; it holds secrets, so only its owner reads it. */
async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.datasync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (cause) {
    await unlink(temporary).catch(() => undefined)
    const { code = 'unknown' } = cause as NodeJS.ErrnoException
    throw new MockServerError('state_not_kept', `Cannot write the state file ${path}: ${code}`, { cause })
  }
}
