import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CliError, EXIT, type ExitCode } from '../cli-error.js'
import { askYes } from '../terminal/ask.js'
import { createPaint } from '../terminal/paint.js'
import { isInteractive, print, type Terminal } from '../terminal/terminal.js'
import { chooseSettings, type SettingsFlags } from './choose-settings.js'
import { requireCleanTree } from './clean-tree.js'
import { chooseFramework, RECIPES, type Framework } from './framework.js'
import { findPackageManager, installPackages } from './install-packages.js'
import { planChanges } from './plan-changes.js'
import { readProject } from './project.js'
import { showChanges } from './show-changes.js'
import { tellNext } from './tell-next.js'

/** The flags of `init`. */
export interface InitFlags extends SettingsFlags {
  readonly framework?: Framework | undefined
  readonly yes?: true | undefined
  /** False: `--no-install`. */
  readonly install: boolean
}

/** Adds sign-in to the app in a folder, once its owner has seen what changes and said yes. */
export async function initApp(folderName: string, flags: InitFlags, terminal: Terminal): Promise<ExitCode> {
  const folder = resolve(terminal.cwd, folderName)
  const inFolder = { ...terminal, cwd: folder }
  const project = readProject(folder)
  const tree = requireCleanTree(folder)
  const framework = flags.framework ?? (await chooseFramework(project, inFolder))
  const agent = await findPackageManager(folder)
  const settings = await chooseSettings(flags, inFolder)
  const changes = planChanges(project, framework, settings)
  const paint = createPaint(terminal)
  print(terminal, paint.quiet(`${RECIPES[framework].label}, ${agent}, ${project.entry}`))
  if (changes.length === 0) {
    print(terminal, `${paint.good('✓')} Sign-in is set up already; nothing to change.`)
    return EXIT.done
  }
  showChanges(changes, terminal)
  if (tree === 'no repository')
    print(
      terminal,
      `${paint.careful('!')} This is no git repository: nothing will help you to take this back.`,
      '',
    )
  if (!(await isAllowed(flags, terminal))) {
    print(terminal, 'Nothing was changed.')
    return EXIT.failed
  }
  for (const { path, after } of changes) writeFileSync(join(folder, path), after)
  print(terminal, `${paint.good('✓')} Changed ${changes.length} files.`)
  try {
    if (flags.install) await installPackages(agent, folder, terminal)
    tellNext({ agent, settings, isInstalled: flags.install }, terminal)
  } catch (error) {
    tellNext({ agent, settings, isInstalled: false }, terminal)
    throw error
  }
  return EXIT.done
}

/** @throws CliError `flag_missing`, behind the diff, where nobody can be asked */
async function isAllowed({ yes }: InitFlags, terminal: Terminal): Promise<boolean> {
  if (yes === true) return true
  if (!isInteractive(terminal))
    throw new CliError('flag_missing', 'Nothing was changed: --yes is missing.', {
      fix: 'Look at the changes above, then give --yes.',
      exitCode: EXIT.usage,
    })
  return askYes(terminal, { flag: '--yes', what: 'a yes', message: 'Make these changes?' })
}
