import { readText } from '../project.js'
import { besideEntry, changeFile, createClientFile, isChanged, newFile, type Recipe } from '../recipe.js'
import { addImports, openSource } from '../source-file.js'
import { findRootComponent, toImportPath } from './component-file.js'

const PACKAGE = '@spatio-labs/auth-svelte'

const toPanel = (isTypeScript: boolean): string => `<script${isTypeScript ? ' lang="ts"' : ''}>
  import { useSpatioAuth } from '${PACKAGE}'

  const auth = useSpatioAuth()
</script>

{#if auth.status === 'loading'}
  <p>…</p>
{:else if auth.status === 'authenticated'}
  <p>
    {auth.user.name ?? auth.user.sub}
    <button onclick={() => auth.signOut()}>Sign out</button>
  </p>
{:else}
  <p>
    <button onclick={() => auth.signIn()}>Sign in with Spatio</button>
    {#if auth.error}<span role="alert"> {auth.error.message}</span>{/if}
  </p>
{/if}
`

/** The client in the context of the root component, and a panel at its beginning. */
export const svelteRecipe: Recipe = {
  label: 'Svelte',
  packageName: PACKAGE,
  plan: (project) => {
    const { entry, folder, isTypeScript } = project
    const panel = besideEntry(project, 'SpatioSignIn.svelte')
    const source = openSource(entry, readText(folder, entry) ?? '')
    const root = findRootComponent(source, entry, 'mount', '.svelte')
    const client = toImportPath(root, besideEntry(project, 'spatio-auth'))
    return [
      createClientFile(project, PACKAGE),
      newFile(project, panel, toPanel(isTypeScript)),
      changeFile(project, root, (text) =>
        isChanged(text) ? text : addPanel(text, { client, panel: toImportPath(root, panel) }),
      ),
    ]
  },
}

function addPanel(text: string, from: { client: string; panel: string }): string {
  const imports = [
    `import { setSpatioAuth } from '${PACKAGE}'`,
    `import { auth } from '${from.client}'`,
    `import SpatioSignIn from '${from.panel}'`,
  ]
  const script = findScript(text)
  if (script === null) {
    const lines = [...imports, '', 'setSpatioAuth(auth)'].map((line) => (line === '' ? '' : `  ${line}`))
    return `<script>\n${lines.join('\n')}\n</script>\n\n<SpatioSignIn />\n${text}`
  }
  const code = addToScript(script.code, imports)
  return `${text.slice(0, script.start)}${code}</script>\n\n<SpatioSignIn />${text.slice(script.end)}`
}

/** The script that runs for each instance: not the one of the module. */
function findScript(text: string): { code: string; start: number; end: number } | null {
  const tags = /<script\b([^>]*)>([\s\S]*?)<\/script>/g
  for (const match of text.matchAll(tags)) {
    const [whole, attributes = '', code = ''] = match
    if (/\bmodule\b/.test(attributes)) continue
    const end = match.index + whole.length
    return { code, start: end - '</script>'.length - code.length, end }
  }
  return null
}

function addToScript(code: string, imports: readonly string[]): string {
  const source = openSource('script.ts', code)
  const last = source.nodes.filter(({ type }) => type === 'ImportDeclaration').at(-1)
  const call = '\n\n  setSpatioAuth(auth)'
  if (last === undefined) return `\n  ${imports.join('\n  ')}${call}${code}`
  addImports(source, imports, '  ')
  source.edits.appendLeft(last.end, call)
  return source.edits.toString()
}
