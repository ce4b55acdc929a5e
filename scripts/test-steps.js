import { listPackages } from './install.js'

/**
 * A step of `npm test`.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {string} tool script below node_modules, or of the project when it starts with ./
 * @property {string[]} args
 * @property {string[]} after names of steps that must have ended well; what they made is an input
 * @property {RegExp} [ignores] files it certainly does not read, beside manifests and tsconfigs; every other file is an input
 * @property {string[]} outputs files and folders it makes, from the root
 * @property {boolean} [isQuick] to run it takes no longer than to find out whether it must
 * @property {Record<string, string>} [env] what it is given beside the environment
 * @property {string} [version] of what it drives, an input, too
 */

/** @typedef {{ path: string, version: string }} Browser */

const BUILD = 'build and types'
/** Their `dist` is what a command of its own makes: the documentation, the demo as files. */
const SITES = ['docs', 'playground']
/** Those of the root. */
const PAGES = '[^/]+\\.md$'
/** The bindings, and what only they import. */
const BINDINGS = 'packages/(?!core/|react/test/kit/)'

/** @param {string[]} parts as in a regular expression */
const below = (...parts) => new RegExp(`^(${parts.join('|')})`)

/**
 * Tests of some projects of vitest.config.ts, with the case ids that they prove as outputs.
 *
 * @param {string} name
 * @param {string[]} projects
 * @param {Pick<Step, 'after' | 'ignores'>} more
 * @returns {Step}
 */
function tests(name, projects, more) {
  return {
    name,
    tool: 'vitest/vitest.mjs',
    args: ['run', ...projects.flatMap((project) => ['--project', project])],
    outputs: projects.map((project) => `.cache/cases/${project}.json`),
    ...more,
  }
}

/** The long ones first: two run at a time. @param {Browser | undefined} browser @returns {Step[]} */
export function planSteps(browser) {
  const inBrowser = browser === undefined ? [] : [browserTests(browser)]
  return [...BUILDING, ...inBrowser, ...UNIT_TESTS, ...CHECKS, countCases([...UNIT_TESTS, ...inBrowser])]
}

/** @param {Browser} browser @returns {Step} */
function browserTests({ path, version }) {
  return {
    // The page that the browser sees is made of what was built.
    ...tests('browser tests', ['browser'], { after: [BUILD] }),
    env: { CHROMIUM_PATH: path },
    version,
    ignores: below(
      ...['docs/', 'examples/', 'interop/', 'bench/', 'scripts/test/'],
      ...['packages/(core|vue|svelte|cli)/test/', PAGES],
    ),
  }
}

/** @param {Step[]} proving @returns {Step} */
function countCases(proving) {
  const after = proving.map(({ name }) => name)
  return {
    name: 'case coverage',
    tool: './scripts/case-coverage.js',
    args: [],
    after,
    outputs: [],
    isQuick: true,
  }
}

/** @type {Step[]} */
const BUILDING = [
  {
    name: BUILD,
    tool: 'typescript-7/bin/tsc',
    args: ['--build'],
    after: [],
    ignores: /\.md$|^examples\//,
    // A package that builds nothing has one, too: what lay there could hide that a file is missing.
    outputs: listPackages().flatMap((name) => (SITES.includes(name) ? [] : [`${name}/dist`])),
  },
]

/** @type {Step[]} */
const UNIT_TESTS = [
  tests('core tests', ['cases', 'core'], {
    after: [],
    ignores: below(
      // The threat model is held to what the client does.
      ...['docs/(?!decisions/)', 'examples/', 'bench/', 'interop/', 'storm/', 'playground/'],
      ...['mock-server/test/', 'scripts/test/', BINDINGS, PAGES],
    ),
  }),
  tests('mock-server tests', ['mock-server'], {
    after: [],
    // It knows nothing of the client; vitest.config.ts imports a plugin from the tests of react.
    ignores: below(
      ...['docs/(?!faults\\.md)', 'examples/', 'bench/', 'interop/', 'storm/', 'playground/'],
      ...['packages/(?!react/test/kit/)', 'scripts/test/', PAGES],
    ),
  }),
  // Some ask compilers, which read the declarations of the core.
  tests(
    'other unit tests',
    ['react', 'react-18', 'react-compiled', 'vue', 'svelte', 'devtools', 'docs', 'cli', 'interop', 'bench'],
    {
      after: [BUILD],
      ignores: below(
        ...['docs/(?!snippets/|[^/]+\\.md$)', 'examples/', 'playground/'],
        ...['packages/core/test/', 'mock-server/test/', 'scripts/test/', PAGES],
      ),
    },
  ),
  tests('workspace tests', ['workspace'], { after: [BUILD] }),
]

/** @type {Step[]} */
const CHECKS = [
  // Packages know each other by the types that were built.
  {
    name: 'lint',
    tool: 'eslint/bin/eslint.js',
    args: ['.', '--max-warnings', '0'],
    after: [BUILD],
    ignores: /\.md$/,
    outputs: [],
  },
  // Dead links and anchors fail it, too.
  {
    name: 'documentation site',
    tool: './docs/site.js',
    args: ['build'],
    after: [BUILD],
    outputs: ['docs/dist', 'docs/reference/api', 'docs/parts/command-help.md'],
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
    outputs: [],
  },
  {
    name: 'component types',
    tool: './scripts/component-types.js',
    args: [],
    after: [BUILD],
    ignores: /\.md$|^(examples|storm|bench)\//,
    outputs: [],
  },
  {
    name: 'sizes',
    tool: './scripts/size.js',
    args: [],
    after: [BUILD],
    ignores: below('docs/', 'examples/', 'storm/', 'bench/'),
    outputs: [],
  },
  {
    name: 'dead exports',
    tool: 'knip/bin/knip.js',
    args: ['--no-config-hints'],
    after: [],
    outputs: [],
  },
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
    ignores: /\.md$|^examples\//,
    outputs: [],
  },
  {
    name: 'public surface',
    tool: './scripts/api-reports.js',
    args: [],
    after: [BUILD],
    ignores: below('docs/', 'examples/', 'storm/', 'bench/'),
    outputs: [],
  },
  {
    name: 'client directives',
    tool: './scripts/client-directives.js',
    args: [],
    after: [BUILD],
    outputs: [],
    isQuick: true,
  },
]
