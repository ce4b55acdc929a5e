import {
  addImports,
  argumentsOf,
  findCalls,
  isNode,
  openSource,
  type SourceFile,
  type SyntaxNode,
} from '../source-file.js'
import {
  besideEntry,
  changeFile,
  CLIENT_MODULE,
  createClientFile,
  isChanged,
  newFile,
  requireOne,
  type Recipe,
} from '../recipe.js'

const PACKAGE = '@spatio-labs/auth-react'

const PANEL = `import { useSpatioAuth } from '${PACKAGE}'

export function SpatioSignIn() {
  const { status, user, error, signIn, signOut } = useSpatioAuth()
  if (status === 'loading') return <p>…</p>
  if (status === 'authenticated')
    return (
      <p>
        {user.name ?? user.sub} <button onClick={() => signOut()}>Sign out</button>
      </p>
    )
  return (
    <p>
      <button onClick={() => signIn()}>Sign in with Spatio</button>
      {error && <span role="alert"> {error.message}</span>}
    </p>
  )
}
`

/** The provider around what is rendered, and a panel before it. */
export const reactRecipe: Recipe = {
  label: 'React',
  packageName: PACKAGE,
  plan: (project) => {
    const extension = project.isTypeScript ? 'tsx' : 'jsx'
    return [
      createClientFile(project, PACKAGE),
      newFile(project, besideEntry(project, `SpatioSignIn.${extension}`), PANEL),
      changeFile(project, project.entry, (text) => (isChanged(text) ? text : wrap(project.entry, text))),
    ]
  },
}

function wrap(path: string, text: string): string {
  const source = openSource(path, text)
  const rendered = requireOne(findRendered(source), path, 'call that renders the app')
  const around = toPlace(text, rendered)
  const inner = indent(text.slice(rendered.start, rendered.end))
  const wrapped = [
    '<SpatioAuthProvider client={auth}>',
    `${around.indent}  <SpatioSignIn />`,
    `${around.indent}  ${inner}`,
    `${around.indent}</SpatioAuthProvider>`,
  ].join('\n')
  source.edits.update(rendered.start, rendered.end, around.before + wrapped + around.after)
  addImports(source, [
    `import { SpatioAuthProvider } from '${PACKAGE}'`,
    `import { auth } from '${CLIENT_MODULE}'`,
    `import { SpatioSignIn } from './SpatioSignIn'`,
  ])
  return source.edits.toString()
}

/** What `root.render(…)` and `hydrateRoot(…, …)` are given. */
function findRendered(source: SourceFile): SyntaxNode[] {
  const rendered = findCalls(source, 'render').map((call) => argumentsOf(call)[0])
  const hydrated = findCalls(source, 'hydrateRoot').map((call) => argumentsOf(call)[1])
  return [...rendered, ...hydrated].filter(
    (node) => isNode(node, 'JSXElement') || isNode(node, 'JSXFragment'),
  )
}

/** Where it stands: on lines of its own it stays there, within a line it gets lines of its own. */
function toPlace(text: string, { start }: SyntaxNode): { indent: string; before: string; after: string } {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  if (line.trim() === '') return { indent: line, before: '', after: '' }
  const outer = /^[ \t]*/.exec(line)?.[0] ?? ''
  return { indent: `${outer}  `, before: `\n${outer}  `, after: `,\n${outer}` }
}

/** One step further in. What stands between backticks would change with it, so such a text stays. */
function indent(text: string): string {
  return text.includes('`') ? text : text.replaceAll('\n', '\n  ')
}
