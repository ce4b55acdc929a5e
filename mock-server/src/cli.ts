#!/usr/bin/env node
import { runCli } from './run-cli.js'

const run = await runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
})
if ('exitCode' in run) process.exitCode = run.exitCode
else {
  const stop = (): void => void run.listener.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
