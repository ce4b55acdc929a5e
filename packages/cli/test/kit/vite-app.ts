import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { openFolder } from './temporary-folder.js'

const TEMPLATES = dirname(createRequire(import.meta.url).resolve('create-vite/package.json'))

/** A fresh app, as `npm create vite` makes one. */
export interface ViteApp extends Disposable {
  readonly path: string
  readonly read: (file: string) => string
  readonly write: (file: string, text: string) => void
  /** The files that are not as they were when it was made, or looked at last; sorted. */
  readonly changed: () => string[]
}

/** @param template of create-vite, such as `react-ts` @param files that are not as there */
export function openViteApp(template: string, files: Readonly<Record<string, string>> = {}): ViteApp {
  const folder = openFolder()
  const { path } = folder
  cpSync(join(TEMPLATES, `template-${template}`), path, { recursive: true })
  renameSync(join(path, '_gitignore'), join(path, '.gitignore'))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  let before = readAll(path)
  return {
    path,
    read: (file) => readFileSync(join(path, file), 'utf8'),
    write: (file, text) => writeFileSync(join(path, file), text),
    changed: () => {
      const [old, now] = [before, readAll(path)]
      before = now
      const names = new Set([...Object.keys(old), ...Object.keys(now)])
      return [...names].filter((name) => old[name] !== now[name]).sort()
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

/** Makes the folder a repository in which all is committed. */
export function commitAll(path: string): void {
  const who = ['-c', 'user.name=Mira', '-c', 'user.email=mira@example.com', '-c', 'commit.gpgsign=false']
  git(path, 'init', '--quiet')
  git(path, 'add', '--all')
  git(path, ...who, 'commit', '--quiet', '--message', 'Begin')
}

/** Every file below a folder with its text, but for what git keeps. */
export function readAll(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => !/^\.git[\\/]/.test(name) && statSync(join(folder, name)).isFile())
  return Object.fromEntries(
    files.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'latin1')]),
  )
}

function git(cwd: string, ...args: string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
}
