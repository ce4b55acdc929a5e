import { parseExpression } from '@babel/parser'
import MagicString from 'magic-string'
import { UnknownShape } from './file-change.js'
import { isNode, type SyntaxNode } from './source-file.js'

/** Adds a dependency to the text of a package.json, in its place by the alphabet; all else stays as it is. */
export function addDependency(text: string, name: string, range: string): string {
  const manifest = parse(text)
  const edits = new MagicString(text)
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  '
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(range)}`
  const existing = findMember(manifest, 'dependencies')
  if (existing === undefined) {
    const block = `"dependencies": {\n${indent}${indent}${entry}\n${indent}}`
    insert(edits, manifest, findMember(manifest, 'devDependencies'), block, indent)
    return edits.toString()
  }
  if (!isNode(existing['value'], 'ObjectExpression')) throw new UnknownShape('dependencies is not an object')
  const dependencies = existing['value']
  const next = membersOf(dependencies).find((member) => keyOf(member) > name)
  if (membersOf(dependencies).length > 0) insert(edits, dependencies, next, entry, indent + indent)
  else edits.update(dependencies.start, dependencies.end, `{\n${indent}${indent}${entry}\n${indent}}`)
  return edits.toString()
}

/** Whether a package.json asks for the package, in whichever way. */
export function hasDependency(manifest: Readonly<Record<string, unknown>>, name: string): boolean {
  return ['dependencies', 'devDependencies'].some((section) => {
    const listed = manifest[section]
    return typeof listed === 'object' && listed !== null && Object.hasOwn(listed, name)
  })
}

/** Before a member, or behind the last one. */
function insert(
  edits: MagicString,
  object: SyntaxNode,
  next: SyntaxNode | undefined,
  text: string,
  indent: string,
): void {
  const last = membersOf(object).at(-1)
  if (next !== undefined) edits.appendLeft(next.start, `${text},\n${indent}`)
  else if (last !== undefined) edits.appendLeft(last.end, `,\n${indent}${text}`)
  else throw new UnknownShape('package.json is empty')
}

function parse(text: string): SyntaxNode {
  const expression: unknown = parseExpression(text)
  if (!isNode(expression, 'ObjectExpression')) throw new UnknownShape('package.json is not an object')
  return expression
}

function membersOf(object: SyntaxNode): SyntaxNode[] {
  const { properties } = object
  return Array.isArray(properties) ? properties.filter((member) => isNode(member, 'ObjectProperty')) : []
}

function findMember(object: SyntaxNode, name: string): SyntaxNode | undefined {
  return membersOf(object).find((member) => keyOf(member) === name)
}

function keyOf({ key }: SyntaxNode): string {
  return isNode(key) ? String(key['value']) : ''
}
