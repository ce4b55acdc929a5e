import { EXIT, type ExitCode } from '../cli-error.js'
import { print, type Terminal } from '../terminal/terminal.js'
import { CHECK_GROUPS } from './checks.js'
import { toKnown, type Known, type KnownFlags } from './known.js'
import { createReport, type CheckResult } from './report.js'
import { createSubject } from './subject.js'

/** The flags of `doctor`. */
export interface DoctorFlags extends KnownFlags {
  readonly json?: true | undefined
}

/** Runs every check and tells what each has found. */
export async function examine(flags: DoctorFlags, terminal: Terminal): Promise<ExitCode> {
  const known = toKnown(flags, terminal)
  const subject = createSubject(known)
  const report = createReport(terminal)
  const isText = flags.json !== true
  if (isText) report.begin(known)
  const results: CheckResult[] = []
  for (const { name, checks } of CHECK_GROUPS) {
    if (isText) report.group(name)
    for (const { id, title, run } of checks) {
      const result = { id, title, ...(await run(subject)) }
      results.push(result)
      if (isText) report.result(result)
    }
  }
  const isFine = results.every(({ status }) => status !== 'failed')
  if (isText) report.end(results)
  else print(terminal, JSON.stringify({ ok: isFine, ...toJson(known), checks: results }, null, 2))
  return isFine ? EXIT.done : EXIT.failed
}

function toJson({ issuer, clientId, redirectUri, origin }: Known): Record<string, string | null> {
  return { issuer, clientId: clientId ?? null, redirectUri: redirectUri ?? null, origin: origin ?? null }
}
