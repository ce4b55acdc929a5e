// The sizes that the README names, compared with the measured ones.

/** A row of a table: the entry's name as code, anything, and kB at the end. */
const ROW = /^\| *`([^`]+)` *\|.*\| *(\d+\.\d) kB *\|$/gm
/** A figure is rounded, and another gzip differs by a few bytes (kB). */
const TOLERANCE = 0.1

/**
 * Why the figures of a README are refused; empty when they are not.
 *
 * @param {string} readme
 * @param {Record<string, number>} measured bytes, by what must have a figure
 * @returns {string[]}
 */
export function findFigureProblems(readme, measured) {
  const figures = new Map([...readme.matchAll(ROW)].map(([, name = '', kB]) => [name, Number(kB)]))
  const wrong = Object.entries(measured).flatMap(([name, bytes]) => {
    const kB = bytes / 1000
    const figure = figures.get(name)
    if (figure === undefined) return [`README.md has no figure for ${name}: ${kB.toFixed(1)} kB`]
    return Math.abs(figure - kB) <= TOLERANCE
      ? []
      : [`README.md says ${figure} kB of ${name}, which has ${kB.toFixed(1)} kB`]
  })
  const unknown = [...figures.keys()].filter((name) => !(name in measured))
  return [...wrong, ...unknown.map((name) => `README.md has a figure for ${name}, which nobody measured`)]
}
