// The steps of `npm test` as data, and how their results are told.

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} tool script below node_modules, or of the project when it starts with ./
 * @property {string[]} args
 * @property {string[]} after names of steps that must have ended well
 */

/** @typedef {{ name: string, outcome: 'passed' | 'failed' | 'left out', seconds: number, note?: string }} Result */

const UNIT_PROJECTS = [
  'cases',
  'core',
  'react',
  'react-18',
  'react-compiled',
  'vue',
  'svelte',
  'cli',
  'devtools',
  'mock-server',
  'interop',
  'bench',
  'docs',
  'workspace',
]

/** The long ones first: two run at a time. @type {Step[]} */
const STEPS = [
  { name: 'build and types', tool: 'typescript-7/bin/tsc', args: ['--build'], after: [] },
  {
    name: 'unit tests',
    tool: 'vitest/vitest.mjs',
    args: ['run', ...UNIT_PROJECTS.flatMap((project) => ['--project', project])],
    after: [],
  },
  // The page that the browser sees is made of what was built.
  {
    name: 'browser tests',
    tool: 'vitest/vitest.mjs',
    args: ['run', '--project', 'browser'],
    after: ['build and types'],
  },
  // Dead links and anchors fail it, too.
  {
    name: 'documentation site',
    tool: './docs/site.js',
    args: ['build'],
    after: ['build and types'],
  },
  { name: 'component types', tool: './scripts/component-types.js', args: [], after: ['build and types'] },
  { name: 'sizes', tool: './scripts/size.js', args: [], after: ['build and types'] },
  // Packages know each other by the types that were built.
  {
    name: 'lint',
    tool: 'eslint/bin/eslint.js',
    args: ['.', '--max-warnings', '0'],
    after: ['build and types'],
  },
  {
    name: 'format',
    tool: 'prettier/bin/prettier.cjs',
    // What it found of a file holds as long as the file: unlike lint, it looks at nothing else.
    args: [
      ...['--check', '--log-level', 'warn'],
      ...['--cache', '--cache-strategy', 'content', '--cache-location', '.cache/prettier', '.'],
    ],
    after: [],
  },
  { name: 'dead exports', tool: 'knip/bin/knip.js', args: ['--no-config-hints'], after: [] },
  {
    name: 'import cycles',
    tool: 'dpdm/lib/bin/dpdm.js',
    args: [
      ...['--no-tree', '--no-warning', '--no-progress', '--exit-code', 'circular:1'],
      ...[
        'packages/*/src/**/*.{ts,tsx}',
        'mock-server/src/**/*.ts',
        'cases/src/**/*.ts',
        'interop/src/**/*.ts',
      ],
    ],
    after: [],
  },
  {
    name: 'public surface',
    tool: './scripts/api-reports.js',
    args: [],
    after: ['build and types'],
  },
  {
    name: 'client directives',
    tool: './scripts/client-directives.js',
    args: [],
    after: ['build and types'],
  },
  {
    name: 'case coverage',
    tool: './scripts/case-coverage.js',
    args: [],
    after: ['unit tests', 'browser tests'],
  },
]

/** The steps of a run. @param {{ hasBrowser: boolean }} options @returns {Step[]} */
export function planSteps({ hasBrowser }) {
  if (hasBrowser) return STEPS
  return STEPS.filter(({ name }) => name !== 'browser tests').map((step) => {
    return { ...step, after: step.after.filter((name) => name !== 'browser tests') }
  })
}

/**
 * The next step that may start: its forerunners have ended well, and nothing waits behind a failure.
 *
 * @param {Step[]} waiting
 * @param {Result[]} results
 */
export function nextStep(waiting, results) {
  const hasPassed = (/** @type {string} */ name) =>
    results.some((result) => result.name === name && result.outcome === 'passed')
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
    const mark = { passed: '✓', failed: '✗', 'left out': '–' }[outcome]
    return `  ${mark} ${name.padEnd(width)}  ${outcome.padEnd(8)} ${taken.toFixed(1).padStart(6)} s${note ? `   ${note}` : ''}`
  })
  const failed = results.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  const verdict = failed.length === 0 ? 'All passed' : `Failed: ${failed.join(', ')}`
  return `${rows.join('\n')}\n\n${verdict} in ${seconds.toFixed(0)} s.`
}
