import { parse, type ParserPlugin } from '@babel/parser'
import MagicString from 'magic-string'
import { UnknownShape } from './file-change.js'

/** A node of the syntax tree, as far as init looks at one. */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [member: string]: unknown
}

/** A module's text, its syntax, and the edits made to it so far. */
export interface SourceFile {
  readonly text: string
  readonly edits: MagicString
  readonly nodes: readonly SyntaxNode[]
}

/** @param name with its extension, which says what the text may hold @throws UnknownShape */
export function openSource(name: string, text: string): SourceFile {
  // In .ts a "<" may begin a cast, which reads as JSX.
  const plugins: ParserPlugin[] = name.endsWith('.ts') ? ['typescript'] : ['typescript', 'jsx']
  try {
    const { program } = parse(text, { sourceType: 'module', plugins })
    return { text, edits: new MagicString(text), nodes: [...walk(program)] }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UnknownShape(`${name} cannot be read: ${reason}`)
  }
}

function* walk(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item)
  if (!isNode(value)) return
  yield value
  for (const [name, member] of Object.entries(value)) if (name !== 'loc') yield* walk(member)
}

/** Whether it is a node, of a type where one is asked for. */
export function isNode(value: unknown, type?: string): value is SyntaxNode {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('start' in value)) return false
  return (
    typeof value.type === 'string' && typeof value.start === 'number' && (type ?? value.type) === value.type
  )
}

/** The name of an identifier. */
export function nameOf(value: unknown): string | undefined {
  if (!isNode(value, 'Identifier') && !isNode(value, 'JSXIdentifier')) return undefined
  return String(value['name'])
}

/** Calls of a function, or of a method, by this name. */
export function findCalls(source: SourceFile, name: string): SyntaxNode[] {
  return source.nodes.filter((node) => {
    if (node.type !== 'CallExpression') return false
    const { callee } = node
    return nameOf(isNode(callee, 'MemberExpression') ? callee['property'] : callee) === name
  })
}

/** The arguments of a call. */
export function argumentsOf(call: SyntaxNode): unknown[] {
  return Array.isArray(call['arguments']) ? call['arguments'] : []
}

/** The module whose default export is imported under a name. */
export function findImportedFrom(source: SourceFile, name: string): string | undefined {
  for (const node of source.nodes) {
    if (node.type !== 'ImportDeclaration' || !Array.isArray(node['specifiers'])) continue
    const isIt = node['specifiers'].some(
      (specifier) => isNode(specifier, 'ImportDefaultSpecifier') && nameOf(specifier['local']) === name,
    )
    if (isIt && isNode(node['source'])) return String(node['source']['value'])
  }
  return undefined
}

/** Adds imports behind those that are there, in their style. @throws UnknownShape when a name is taken */
export function addImports(source: SourceFile, lines: readonly string[], indent = ''): void {
  const imports = source.nodes.filter(({ type }) => type === 'ImportDeclaration')
  const last = imports.at(-1)
  const styled = lines.map((line) => indent + toStyle(line, last && source.text.slice(last.start, last.end)))
  for (const line of lines) requireFreeNames(source, line)
  if (last !== undefined) source.edits.appendLeft(last.end, `\n${styled.join('\n')}`)
  else source.edits.prepend(`${styled.join('\n')}\n`)
}

function toStyle(line: string, model: string | undefined): string {
  if (model === undefined) return line
  const quoted = model.includes('"') ? line.replaceAll("'", '"') : line
  return model.endsWith(';') ? `${quoted};` : quoted
}

function requireFreeNames({ nodes }: SourceFile, line: string): void {
  const names = /import (?:\{ (.*) \}|(\w+)) from/.exec(line)
  const wanted = (names?.[1] ?? names?.[2] ?? '').split(', ')
  const isTaken = (name: string): boolean =>
    nodes.some(
      (node) => /Specifier$|^VariableDeclarator$|^FunctionDeclaration$/.test(node.type) && binds(node, name),
    )
  const taken = wanted.find(isTaken)
  if (taken !== undefined) throw new UnknownShape(`the name ${taken} is taken`)
}

function binds(node: SyntaxNode, name: string): boolean {
  return nameOf(node['local']) === name || nameOf(node['id']) === name
}
