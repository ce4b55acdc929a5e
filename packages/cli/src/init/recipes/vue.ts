import { UnknownShape } from '../file-change.js'
import { addImports, findCalls, openSource } from '../source-file.js'
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
import { findRootComponent, toImportPath } from './component-file.js'
import { readText } from '../project.js'

const PACKAGE = '@spatio-labs/auth-vue'

const toPanel = (isTypeScript: boolean): string => `<script setup${isTypeScript ? ' lang="ts"' : ''}>
import { useSpatioAuth } from '${PACKAGE}'

const { state, error, signIn, signOut } = useSpatioAuth()
</script>

<template>
  <p v-if="state.status === 'loading'">…</p>
  <p v-else-if="state.status === 'authenticated'">
    {{ state.user.name ?? state.user.sub }} <button @click="signOut()">Sign out</button>
  </p>
  <p v-else>
    <button @click="signIn()">Sign in with Spatio</button>
    <span v-if="error" role="alert"> {{ error.message }}</span>
  </p>
</template>
`

/** The plugin in the app, and a panel at the beginning of its root component. */
export const vueRecipe: Recipe = {
  label: 'Vue',
  packageName: PACKAGE,
  plan: (project) => {
    const { entry, folder, isTypeScript } = project
    const panel = besideEntry(project, 'SpatioSignIn.vue')
    const root = findRootComponent(
      openSource(entry, readText(folder, entry) ?? ''),
      entry,
      'createApp',
      '.vue',
    )
    return [
      createClientFile(project, PACKAGE),
      newFile(project, panel, toPanel(isTypeScript)),
      changeFile(project, entry, (text) => (isChanged(text) ? text : usePlugin(entry, text))),
      changeFile(project, root, (text) =>
        isChanged(text) ? text : addPanel(root, text, toImportPath(root, panel)),
      ),
    ]
  },
}

function usePlugin(path: string, text: string): string {
  const source = openSource(path, text)
  const call = requireOne(findCalls(source, 'createApp'), path, 'call of createApp')
  source.edits.appendLeft(call.end, '.use(createSpatioAuthPlugin(auth))')
  addImports(source, [
    `import { createSpatioAuthPlugin } from '${PACKAGE}'`,
    `import { auth } from '${CLIENT_MODULE}'`,
  ])
  return source.edits.toString()
}

function addPanel(path: string, text: string, from: string): string {
  const template = /^<template\b[^>]*>/m.exec(text)?.[0]
  if (template === undefined || /\blang\s*=/.test(template))
    throw new UnknownShape(`${path} has no <template> in HTML`)
  const withPanel = text.replace(template, () => `${template}\n  <SpatioSignIn />`)
  const line = `import SpatioSignIn from '${from}'`
  const setup = /^<script\b[^>]*\bsetup\b[^>]*>/m.exec(text)?.[0]
  if (setup !== undefined) return withPanel.replace(setup, () => `${setup}\n${line}`)
  // Beside a <script> of the other kind it must be in the same language.
  const language = /^<script\b[^>]*\b(lang=["']\w+["'])/m.exec(text)?.[1]
  return `<script setup${language === undefined ? '' : ` ${language}`}>\n${line}\n</script>\n\n${withPanel}`
}
