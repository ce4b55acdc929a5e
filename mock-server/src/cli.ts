#!/usr/bin/env node
import { runCli } from './cli/run-cli.js'

// Listened for before anything is open: a signal during the start closes what the start opened.
const stopped = new Promise<void>((resolve) => {
  process.once('SIGINT', () => resolve())
  process.once('SIGTERM', () => resolve())
})
const run = await runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  hasColor: process.stdout.isTTY && !process.env['NO_COLOR'],
  isErrorTerminal: process.stderr.isTTY,
})
if ('exitCode' in run) process.exitCode = run.exitCode
else {
  await stopped
  await run.listener.close().catch((error: unknown) => {
    process.stderr.write(`spatio-mock-server: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
  process.exit()
}
