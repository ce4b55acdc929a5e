import { describe, expect, it } from 'vitest'
import { runStorm, type StormReport } from '../kit/storm.js'

const SEED = Number(process.env['STORM_SEED'] ?? 1)
const STEPS = Number(process.env['STORM_STEPS'] ?? 60)

describe('ten tabs in a storm', () => {
  for (const storage of ['local', 'session'] as const) {
    it(`lose no session that the authority honours and keep none that it ended, with ${storage}`, async () => {
      const report = await runStorm({ storage, seed: SEED, tabs: 10, steps: STEPS })
      console.log(describeReport(storage, report))
      expect(report.problems).toEqual([])
      expect(report.tokensServed).toBeGreaterThan(0)
      expect(report.simulated / report.real).toBeGreaterThan(60)
      expect(report.real).toBeLessThan(90)
    })
  }
})

function describeReport(storage: string, report: StormReport): string {
  const { simulated, real, signIns, refreshes, expiries, faults, refused, ended, tokensServed } = report
  const happenings = [...report.happenings].map(([what, times]) => `  ${String(times).padStart(3)} x ${what}`)
  return [
    `storm with ${storage}, seed ${SEED}: ${(simulated / 3600).toFixed(1)} h of life in ${real.toFixed(0)} s (${Math.round(simulated / real)} x)`,
    `  ${signIns} sign-ins, ${tokensServed} tokens served, ${refreshes} refreshes for ${expiries} expiries, ${faults} faults`,
    `  ${ended} sessions ended by the authority, ${refused} refreshes refused`,
    ...happenings,
  ].join('\n')
}
