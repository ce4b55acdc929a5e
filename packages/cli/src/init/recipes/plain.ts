import { besideEntry, changeFile, createClientFile, newFile, type Recipe } from '../recipe.js'
import { addImports, openSource } from '../source-file.js'

const PACKAGE = '@spatio-labs/auth'

const PANEL = `import { auth } from './spatio-auth'

/** Says who is signed in, with a button to change that. */
export function createSpatioSignIn() {
  const signIn = document.createElement('button')
  signIn.textContent = 'Sign in with Spatio'
  signIn.addEventListener('click', () => void auth.signIn())
  const signOut = document.createElement('button')
  signOut.textContent = 'Sign out'
  signOut.addEventListener('click', () => void auth.signOut())
  const panel = document.createElement('p')

  const render = () => {
    const state = auth.getSnapshot()
    if (state.status === 'loading') return panel.replaceChildren('…')
    if (state.status === 'authenticated')
      return panel.replaceChildren(\`\${state.user.name ?? state.user.sub} \`, signOut)
    panel.replaceChildren(signIn, state.error ? \` \${state.error.message}\` : '')
  }
  auth.subscribe(render)
  render()
  void auth.ready()
  return panel
}
`

/** A panel at the beginning of the page. */
export const plainRecipe: Recipe = {
  label: 'no framework',
  packageName: PACKAGE,
  plan: (project) => {
    const extension = project.isTypeScript ? 'ts' : 'js'
    return [
      createClientFile(project, PACKAGE),
      newFile(project, besideEntry(project, `spatio-sign-in.${extension}`), PANEL),
      changeFile(project, project.entry, (text) => addPanel(project.entry, text)),
    ]
  },
}

function addPanel(path: string, text: string): string {
  if (text.includes('createSpatioSignIn')) return text
  const source = openSource(path, text)
  addImports(source, [`import { createSpatioSignIn } from './spatio-sign-in'`])
  const end = text.endsWith('\n') ? '' : '\n'
  const semicolon = /;\s*$/.test(text) ? ';' : ''
  source.edits.append(`${end}\ndocument.body.prepend(createSpatioSignIn())${semicolon}\n`)
  return source.edits.toString()
}
