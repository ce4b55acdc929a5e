import { dirname, posix } from 'node:path'
import { UnknownShape, type FileChange } from './file-change.js'
import { readText, type Project } from './project.js'

/** How sign-in gets into an app of one framework. */
export interface Recipe {
  /** For people. */
  readonly label: string
  /** The package that the app will depend on. */
  readonly packageName: string
  /** What changes among the sources. @throws UnknownShape */
  readonly plan: (project: Project) => FileChange[]
}

/** The module that makes the client, without its extension. */
export const CLIENT_MODULE = './spatio-auth'

/** The file that makes the client: the same for every framework, but for the package. */
export function createClientFile(project: Project, packageName: string): FileChange {
  const path = besideEntry(project, `spatio-auth.${project.isTypeScript ? 'ts' : 'js'}`)
  return newFile(
    project,
    path,
    `import { createSpatioAuth } from '${packageName}'

// Both are in .env. Without an issuer it is Spatio itself.
export const auth = createSpatioAuth({
  clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
  issuer: import.meta.env.VITE_SPATIO_ISSUER,
})
`,
  )
}

/** A path beside the app's entry. */
export function besideEntry({ entry }: Project, name: string): string {
  return posix.join(dirname(entry), name)
}

/** A file that is not there yet. @throws UnknownShape: nothing of the app is written over */
export function newFile({ folder }: Project, path: string, after: string): FileChange {
  const before = readText(folder, path)
  if (before !== null && before !== after) throw new UnknownShape(`${path} exists already`)
  return { path, before, after }
}

/** A file that is there and will be another. @throws UnknownShape */
export function changeFile({ folder }: Project, path: string, change: (text: string) => string): FileChange {
  const before = readText(folder, path)
  if (before === null) throw new UnknownShape(`${path} is missing`)
  return { path, before, after: change(before) }
}

/** Whether a text has been through init: it names the client's module or the panel. */
export function isChanged(text: string): boolean {
  return text.includes(CLIENT_MODULE) || text.includes('SpatioSignIn')
}

/** The single call of this kind. @throws UnknownShape */
export function requireOne<T>(found: readonly T[], path: string, what: string): T {
  const [one] = found
  if (one === undefined || found.length > 1)
    throw new UnknownShape(`${path} has ${found.length === 0 ? 'no' : 'more than one'} ${what}`)
  return one
}
