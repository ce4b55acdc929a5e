import { CliError, EXIT } from '../cli-error.js'
import { toEnvText } from '../env/env-file.js'
import { DEFAULT_PREFIX, ENV_NAMES } from '../env/env-names.js'
import { getPackageVersion } from '../package-version.js'
import type { AppSettings } from './choose-settings.js'
import { UnknownShape, type FileChange } from './file-change.js'
import { RECIPES, type Framework } from './framework.js'
import { addDependency, hasDependency } from './manifest-edit.js'
import { readText, type Project } from './project.js'

/** Every file that has to change; none when the app has sign-in already. @throws CliError `shape_unknown` */
export function planChanges(project: Project, framework: Framework, settings: AppSettings): FileChange[] {
  const { packageName, plan } = RECIPES[framework]
  try {
    const changes = [planManifest(project, packageName), planEnv(project, settings), ...plan(project)]
    return changes.filter(({ before, after }) => before !== after)
  } catch (error) {
    if (!(error instanceof UnknownShape)) throw error
    throw new CliError('shape_unknown', `init cannot change this app by itself: ${error.message}.`, {
      fix: `Add sign-in by hand, it is a few lines: see the README of ${packageName}.`,
      exitCode: EXIT.failed,
    })
  }
}

function planManifest({ manifest, manifestText }: Project, packageName: string): FileChange {
  const after = hasDependency(manifest, packageName)
    ? manifestText
    : addDependency(manifestText, packageName, `^${getPackageVersion()}`)
  return { path: 'package.json', before: manifestText, after }
}

function planEnv({ folder }: Project, { clientId, issuer, file }: AppSettings): FileChange {
  const before = readText(folder, file)
  const values = {
    [DEFAULT_PREFIX + ENV_NAMES.clientId]: clientId,
    ...(issuer !== undefined && { [DEFAULT_PREFIX + ENV_NAMES.issuer]: issuer }),
  }
  return { path: file, before, after: toEnvText(before ?? '', values) }
}
