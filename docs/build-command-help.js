import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../packages/cli/dist/cli.js', import.meta.url))
/** The page reference/cli.md includes it. */
const FILE = new URL('parts/command-help.md', import.meta.url)
const COMMANDS = ['init', 'register', 'doctor', 'mock']

/** Writes what `spatio-auth <command> --help` prints, so that no flag on the site is out of date. */
export function buildCommandHelp() {
  const sections = COMMANDS.map((command) => {
    const help = execFileSync(process.execPath, [CLI, command, '--help'], {
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    return `### spatio-auth ${command}\n\n\`\`\`text\n${help.trim()}\n\`\`\`\n`
  })
  writeFileSync(FILE, sections.join('\n'))
}
