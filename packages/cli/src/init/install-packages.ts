import { spawn } from 'node:child_process'
import { detect, getUserAgent, resolveCommand, type Agent } from 'package-manager-detector'
import { CliError } from '../cli-error.js'
import type { Terminal } from '../terminal/terminal.js'

/** The package manager of the app: by its lock file or its manifest, else the one that runs this. */
export async function findPackageManager(folder: string): Promise<Agent> {
  return (await detect({ cwd: folder }))?.agent ?? getUserAgent() ?? 'npm'
}

/** How a person types it. */
export function toCommandText(
  agent: Agent,
  command: 'install' | 'run' | 'execute',
  args: string[] = [],
): string {
  const resolved = resolveCommand(agent, command, args)
  return resolved === null ? `${agent} ${command}` : [resolved.command, ...resolved.args].join(' ')
}

/** Installs what package.json asks for; what the package manager prints is shown. @throws CliError `install_failed` */
export async function installPackages(agent: Agent, folder: string, { env }: Terminal): Promise<void> {
  const resolved = resolveCommand(agent, 'install', [])
  const { command, args } = resolved ?? { command: agent, args: ['install'] }
  const status = await new Promise<number | null>((resolve) => {
    // Package managers are .cmd files on Windows, which only a shell starts.
    const shell = process.platform === 'win32'
    const child = spawn(command, args, { cwd: folder, stdio: 'inherit', shell, env: { ...env } })
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  if (status === 0) return
  const text = toCommandText(agent, 'install')
  const how = status === null ? 'could not be run' : `ended with ${status}`
  throw new CliError('install_failed', `${text} ${how}. The files are changed.`, {
    fix: `Run ${text} in ${folder} yourself.`,
  })
}
