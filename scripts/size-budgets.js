// What an entry may weigh: bytes, minified and gzipped. An entry without a line is measured and shown.

/**
 * @typedef {object} Budget
 * @property {number} eager
 * @property {Record<string, number>} [lazy] by the name of the file that is loaded by `import()`
 */

/** @type {Record<string, Budget>} */
export const BUDGETS = {
  // The front: all that a page without a callback loads before it knows its user. See docs/decisions/0014.
  '@spatio-labs/auth': { eager: 5000, lazy: { engine: 17_000, 'create-life': 12_100 } },
  '@spatio-labs/auth-react': { eager: 1400 },
  // Without the devtools, which production does not hold.
  '@spatio-labs/auth-vue': { eager: 1600 },
  '@spatio-labs/auth-svelte': { eager: 900 },
  // What production gets: a function that does nothing.
  '@spatio-labs/auth-devtools': { eager: 100 },
  '@spatio-labs/auth-devtools/production': { eager: 700, lazy: { 'devtools-element': 17_000 } },
}

/** What the front must not hold: it would be loaded by every page. */
const ENGINE_MODULE = /\/dist\/(protocol|renewal|life)\/|\/(oidc-client-ts|jose)\//

/** @param {string[]} modules @returns {string[]} */
export function findEngineModules(modules) {
  return modules.filter((name) => ENGINE_MODULE.test(name.replaceAll('\\', '/')))
}

/**
 * Why a measured entry is refused; empty when it is not.
 *
 * @param {string} entry
 * @param {import('./measure-entry.js').EntrySize} size
 * @returns {string[]}
 */
export function findSizeProblems(entry, { eager, lazy, eagerModules }) {
  const budget = BUDGETS[entry]
  const over = (
    /** @type {string} */ part,
    /** @type {number} */ bytes,
    /** @type {number | undefined} */ most,
  ) =>
    most !== undefined && bytes > most
      ? [`${entry}: ${part} ${bytes} B, more than the ${most} B it may have`]
      : []
  // An entry of its own, such as /registration, may speak to the authority; what every page loads may not.
  const engine = findEngineModules(budget === undefined ? [] : eagerModules).map(
    (name) => `${entry} loads a part of the engine at once: ${name}`,
  )
  const lazily = Object.entries(budget?.lazy ?? {}).flatMap(([part, most]) =>
    over(part, lazy[part] ?? Infinity, most),
  )
  return [...over('at once', eager, budget?.eager), ...lazily, ...engine]
}
