// The documentation site, from what `tsc --build` has written: served while it is written (dev), or as files (build).
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildCommandHelp } from './build-command-help.js'
import { buildReference } from './build-reference.js'
import { checkLinks } from './check-links.js'

const VITEPRESS = fileURLToPath(new URL('../../bin/vitepress.js', import.meta.resolve('vitepress')))
const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** @param {'dev' | 'build'} command */
function runVitePress(command) {
  const { status } = spawnSync(process.execPath, [VITEPRESS, command, FOLDER], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

buildCommandHelp()
await buildReference()
if (process.argv[2] === 'dev') runVitePress('dev')
else {
  runVitePress('build')
  const { count, broken } = await checkLinks(new URL('dist/', import.meta.url))
  if (broken.length > 0) console.error(`Dead links:\n${broken.join('\n')}`)
  else console.log(`${count} links and anchors of the site lead somewhere.`)
  process.exitCode = broken.length > 0 ? 1 : 0
}
