import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { ROOT } from '../install.js'

/**
 * @typedef {object} Entry
 * @property {string} name that an app imports
 * @property {string} file its declarations
 * @property {string} folder of the package, absolute, with a slash at its end
 */

/** Only names are followed, so that no library of the platform has to be read. @type {ts.CompilerOptions} */
const OPTIONS = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noLib: true,
  skipLibCheck: true,
  types: [],
}

/** @param {string} folder of a published package, below the root @returns {Entry[]} */
export function listApiEntries(folder) {
  const { name, exports } = JSON.parse(readFileSync(`${ROOT}${folder}/package.json`, 'utf8'))
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === 'string') return []
    const file = `${ROOT}${folder}/${target.types.slice(2)}`
    return [{ name: name + path.slice(1), file, folder: `${ROOT}${folder}/` }]
  })
}

/**
 * The public surface of every entry as text: what it exports, what that needs, and what it adds to other modules.
 *
 * @param {Entry[]} entries
 * @returns {Map<string, string>} by name
 * @throws {Error} when one is not built
 */
export function toApiReports(entries) {
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    OPTIONS,
  )
  return new Map(entries.map((entry) => [entry.name, toReport(entry, program)]))
}

/** @param {Entry} entry @param {ts.Program} program */
function toReport({ name, file, folder }, program) {
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${file} is not there: build the packages first`)
  const isOwn = (/** @type {ts.Declaration} */ node) => node.getSourceFile().fileName.startsWith(folder)
  const exported = checker.getExportsOfModule(module).map((symbol) => ({
    name: symbol.name,
    target: skipAlias(symbol, checker),
  }))
  const seen = new Set(exported.map(({ target }) => target))
  /** @type {ts.Symbol[]} */
  const needed = []
  // Grows while it is walked: what a declaration names may name more.
  const walked = [...seen]
  for (const symbol of walked) {
    for (const found of (symbol.declarations ?? [])
      .filter(isOwn)
      .flatMap((node) => listNames(node, checker))) {
      if (seen.has(found) || !(found.declarations ?? []).some((node) => isOwn(node) && isStatement(node)))
        continue
      seen.add(found)
      needed.push(found)
      walked.push(found)
    }
  }
  const parts = exported.map((one) => print(one.name, one.target, isOwn))
  const hidden = needed.map((symbol) => print(symbol.name, symbol, isOwn))
  const added = [...listFiles([...seen], isOwn)].flatMap(listAugmentations)
  return [
    `# ${name}`,
    section('Exported', parts),
    section('Not exported, but named by what is', hidden),
    section('Added to other modules', added),
    '',
  ]
    .filter((text, index, all) => text !== '' || index === all.length - 1)
    .join('\n\n')
    .replace(/\n+$/, '\n')
}

/** @param {string} title @param {string[]} parts */
function section(title, parts) {
  if (parts.length === 0) return ''
  return `## ${title}\n\n\`\`\`ts\n${[...new Set(parts)].sort().join('\n\n')}\n\`\`\``
}

/** @param {ts.Symbol} symbol @param {ts.TypeChecker} checker */
function skipAlias(symbol, checker) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** What a declaration names. @param {ts.Node} node @param {ts.TypeChecker} checker @returns {ts.Symbol[]} */
function listNames(node, checker) {
  const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined
  const below = node.getChildren().flatMap((child) => listNames(child, checker))
  return symbol === undefined ? below : [skipAlias(symbol, checker), ...below]
}

/** Not a member or a parameter, which are part of what holds them. @param {ts.Node} node */
function isStatement(node) {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node
  return ts.isSourceFile(statement.parent)
}

/** @param {string} name @param {ts.Symbol} symbol @param {(node: ts.Declaration) => boolean} isOwn */
function print(name, symbol, isOwn) {
  const declarations = symbol.declarations ?? []
  if (!declarations.some(isOwn)) return `// ${name}: as ${toOrigin(declarations[0])} has it`
  const texts = declarations.filter(isOwn).map((node) => {
    const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node
    return statement.getText().replace(/\r/g, '')
  })
  const renamed = symbol.name === name ? '' : `// exported as ${name}\n`
  return renamed + texts.join('\n')
}

/** @param {ts.Declaration | undefined} node */
function toOrigin(node) {
  const path = node?.getSourceFile().fileName ?? ''
  // Our packages are links, so the file is below `packages`.
  const folder = /\/(packages\/[a-z-]+|mock-server)\//.exec(path.slice(ROOT.length - 1))?.[1]
  if (folder !== undefined) return JSON.parse(readFileSync(`${ROOT}${folder}/package.json`, 'utf8')).name
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'another package'
}

/** @param {ts.Symbol[]} symbols @param {(node: ts.Declaration) => boolean} isOwn */
function listFiles(symbols, isOwn) {
  return new Set(
    symbols.flatMap(({ declarations = [] }) =>
      declarations.filter(isOwn).map((node) => node.getSourceFile()),
    ),
  )
}

/** @param {ts.SourceFile} file */
function listAugmentations(file) {
  return file.statements.filter((node) => ts.isModuleDeclaration(node)).map((node) => node.getText())
}
