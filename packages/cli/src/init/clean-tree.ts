import { spawnSync } from 'node:child_process'
import { CliError } from '../cli-error.js'

/**
 * Whether git keeps what is in the folder, so that a change can be taken back.
 * @throws CliError `tree_dirty` when something is not committed
 */
export function requireCleanTree(folder: string): 'committed' | 'no repository' {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain', '--', '.'], {
    cwd: folder,
    encoding: 'utf8',
  })
  // Not a repository, or no git at all.
  if (status !== 0) return 'no repository'
  const changed = stdout.split('\n').filter((line) => line !== '')
  if (changed.length === 0) return 'committed'
  const listed = changed.slice(0, 5).map((line) => line.slice(3))
  const more = changed.length > listed.length ? ` and ${changed.length - listed.length} more` : ''
  throw new CliError('tree_dirty', `There are changes that are not committed: ${listed.join(', ')}${more}.`, {
    fix: 'Commit or stash them first, so that you can see and take back what init changes.',
  })
}
