// Import this first: it ends the process with a message where Node is too old for what follows.

const NEEDED_NODE = [20, 19]

/** Says why this Node cannot run the project, or nothing. @param {string} version such as `20.19.0` */
export function findNodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [neededMajor = 0, neededMinor = 0] = NEEDED_NODE
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return undefined
  return `Node ${NEEDED_NODE.join('.')} or newer is needed; this is ${version}. Install it from nodejs.org.`
}

const problem = findNodeProblem(process.versions.node)
if (problem !== undefined) {
  console.error(`\n${problem}\n`)
  process.exit(1)
}
