import { posix } from 'node:path'
import { UnknownShape } from '../file-change.js'
import { argumentsOf, findCalls, findImportedFrom, nameOf, type SourceFile } from '../source-file.js'
import { requireOne } from '../recipe.js'

/**
 * The file of the component that the entry renders.
 * @param call what renders it, such as `createApp`
 * @param extension of the framework's components
 * @throws UnknownShape
 */
export function findRootComponent(
  source: SourceFile,
  entry: string,
  call: string,
  extension: string,
): string {
  const [root] = argumentsOf(requireOne(findCalls(source, call), entry, `call of ${call}`))
  const from = findImportedFrom(source, nameOf(root) ?? '')
  if (from === undefined || !from.startsWith('.') || !from.endsWith(extension))
    throw new UnknownShape(
      `what ${entry} gives to ${call} is not imported from a file ending in ${extension}`,
    )
  return posix.join(posix.dirname(entry), from)
}

/** How a file imports another one of the app; both below the app's folder. */
export function toImportPath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}
