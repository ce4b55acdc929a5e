import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The command as one file, made of the sources, so that a stale `dist` hides nothing. */
export async function buildCli(): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = `${root}/.cache/cli-${process.pid}`
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/cli.ts', outDir: folder, emptyOutDir: true, target: 'node20', minify: false },
  })
  return { path: `${folder}/cli.js`, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A run of the command as a process of its own. */
export interface CliProcess {
  readonly child: ChildProcess
  readonly text: { out: string; error: string }
  /** The issuer, once the port is open. */
  readonly listening: Promise<string>
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>
}

/** Starts the command. */
export function startCli(path: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): CliProcess {
  const child = spawn(process.execPath, [path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'test', ...env },
  })
  const text = { out: '', error: '' }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string | null)
  const listening = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text.out += chunk.toString()
      const issuer = /issuer(?: +|":")(http[^\s"]+)/.exec(text.out)?.[1]
      if (issuer !== undefined && text.out.endsWith('\n')) resolve(issuer)
    })
    child.stderr.on('data', (chunk: Buffer) => (text.error += chunk.toString()))
    void ended.then((how) => reject(new Error(`It ended (${String(how)}): ${text.error}`)))
  })
  listening.catch(() => undefined)
  return { child, text, listening, ended }
}
