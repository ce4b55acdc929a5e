// Which step of `npm test` is next, and how the results are told.

/** @typedef {import('./test-steps.js').Step} Step */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {'passed' | 'unchanged' | 'failed' | 'left out'} outcome unchanged: it passed before, on the same inputs
 * @property {number} seconds
 * @property {string} [note]
 * @property {string} [made] fingerprint of what it made
 */

/**
 * The next step that may start: its forerunners have ended well, and nothing waits behind a failure.
 *
 * @param {readonly Step[]} waiting
 * @param {readonly Result[]} results
 */
export function nextStep(waiting, results) {
  const hasPassed = (/** @type {string} */ name) =>
    results.some(
      ({ name: ended, outcome }) => ended === name && (outcome === 'passed' || outcome === 'unchanged'),
    )
  return waiting.find(({ after }) => after.every(hasPassed))
}

/** The totals that case-coverage.js printed, for the summary. @param {string} output */
export function toCoverageNote(output) {
  return [...output.matchAll(/^(client|server) cases (\d+) \/ (\d+)/gm)]
    .map(([, side, covered, total]) => `${side} ${covered} of ${total}`)
    .join(', ')
}

/** One table and one line that says it all. @param {Result[]} results @param {number} seconds @returns {string} */
export function summarize(results, seconds) {
  const width = Math.max(...results.map(({ name }) => name.length))
  const rows = results.map(({ name, outcome, seconds: taken, note }) => {
    const mark = { passed: '✓', unchanged: '✓', failed: '✗', 'left out': '–' }[outcome]
    return `  ${mark} ${name.padEnd(width)}  ${outcome.padEnd(9)} ${taken.toFixed(1).padStart(6)} s${note ? `   ${note}` : ''}`
  })
  const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  const verdict = failed.length === 0 ? 'All passed' : `Failed: ${failed.join(', ')}`
  return `${rows.join('\n')}\n\n${verdict} in ${seconds.toFixed(0)} s.${toHint(results)}`
}

/** @param {Result[]} results */
function toHint(results) {
  const { length } = results.filter(({ outcome }) => outcome === 'unchanged')
  if (length === 0) return ''
  const [steps, them] = length === 1 ? ['1 step', 'it'] : [`${length} steps`, 'them']
  return ` ${steps} passed before on the same files; --fresh runs ${them} again.`
}
