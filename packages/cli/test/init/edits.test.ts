import { describe, expect, it } from 'vitest'
import { addDependency, hasDependency } from '../../src/init/manifest-edit.js'
import { readProject } from '../../src/init/project.js'
import { RECIPES, type Framework } from '../../src/init/framework.js'
import { openFolder } from '../kit/temporary-folder.js'

describe('a dependency in package.json', () => {
  const add = (text: string): string => addDependency(text, '@spatio-labs/auth', '^1.0.0')

  it.each([
    [
      'before its successor in the alphabet',
      '{\n  "dependencies": {\n    "vue": "3"\n  }\n}\n',
      '{\n  "dependencies": {\n    "@spatio-labs/auth": "^1.0.0",\n    "vue": "3"\n  }\n}\n',
    ],
    [
      'behind the last',
      '{\n\t"dependencies": {\n\t\t"@a/b": "1"\n\t},\n\t"files": ["dist"]\n}',
      '{\n\t"dependencies": {\n\t\t"@a/b": "1",\n\t\t"@spatio-labs/auth": "^1.0.0"\n\t},\n\t"files": ["dist"]\n}',
    ],
    [
      'in an empty list',
      '{\n  "dependencies": {}\n}\n',
      '{\n  "dependencies": {\n    "@spatio-labs/auth": "^1.0.0"\n  }\n}\n',
    ],
    [
      'without a list, before those of development',
      '{\n  "name": "x",\n  "devDependencies": {\n    "vite": "8"\n  }\n}\n',
      '{\n  "name": "x",\n  "dependencies": {\n    "@spatio-labs/auth": "^1.0.0"\n  },\n  "devDependencies": {\n    "vite": "8"\n  }\n}\n',
    ],
    [
      'without any list, at the end',
      '{\n  "name": "x"\n}\n',
      '{\n  "name": "x",\n  "dependencies": {\n    "@spatio-labs/auth": "^1.0.0"\n  }\n}\n',
    ],
  ])('goes %s', (_where, before, after) => {
    expect(add(before)).toBe(after)
    expect(hasDependency(JSON.parse(after), '@spatio-labs/auth')).toBe(true)
    expect(hasDependency(JSON.parse(before), '@spatio-labs/auth')).toBe(false)
  })
})

/** What a recipe makes of one file of an app. */
function change(
  framework: Framework,
  file: string,
  files: Record<string, string>,
  entry: string,
): string | undefined {
  using folder = openFolder({
    'package.json': '{"devDependencies":{"vite":"8"}}',
    'index.html': `<script type="module" src="/${entry}"></script>`,
    ...files,
  })
  const changes = RECIPES[framework].plan(readProject(folder.path))
  return changes.find(({ path }) => path === file)?.after
}

describe('React', () => {
  const wrap = (text: string) => change('react', 'src/main.jsx', { 'src/main.jsx': text }, 'src/main.jsx')

  it('is wrapped within a line, in the style of the file', () => {
    const text =
      'import { createRoot } from "react-dom/client";\n\nconst root = createRoot(el);\nroot.render(<App />);\n'
    expect(wrap(text)).toBe(
      [
        'import { createRoot } from "react-dom/client";',
        'import { SpatioAuthProvider } from "@spatio-labs/auth-react";',
        'import { auth } from "./spatio-auth";',
        'import { SpatioSignIn } from "./SpatioSignIn";',
        '',
        'const root = createRoot(el);',
        'root.render(',
        '  <SpatioAuthProvider client={auth}>',
        '    <SpatioSignIn />',
        '    <App />',
        '  </SpatioAuthProvider>,',
        ');',
        '',
      ].join('\n'),
    )
  })

  it('is wrapped where a server has rendered it', () => {
    expect(wrap("import App from './App'\nhydrateRoot(document, <App />)\n")).toContain(
      'hydrateRoot(document, \n  <SpatioAuthProvider client={auth}>',
    )
  })

  it('keeps what stands between backticks', () => {
    const text = 'import App from "./App"\nroot.render(\n  <App text={`a\n  b`} />,\n)\n'
    expect(wrap(text)).toContain('<App text={`a\n  b`} />')
  })

  it('is refused when two roots are rendered', () => {
    expect(() => wrap('a.render(<A />)\nb.render(<B />)\n')).toThrow(/more than one call that renders/)
  })
})

describe('Vue', () => {
  const main =
    "import { createApp } from 'vue'\nimport Root from './views/Root.vue'\nconst app = createApp(Root)\n"
  const root = (text: string) =>
    change('vue', 'src/views/Root.vue', { 'src/main.js': main, 'src/views/Root.vue': text }, 'src/main.js')

  it('finds the root component where it is, and the panel from there', () => {
    expect(root('<script setup>\n</script>\n<template>\n  <p />\n</template>\n')).toBe(
      "<script setup>\nimport SpatioSignIn from '../SpatioSignIn.vue'\n</script>\n<template>\n  <SpatioSignIn />\n  <p />\n</template>\n",
    )
  })

  it('adds a script beside one of the other kind, in the same language', () => {
    expect(
      root('<script lang="ts">\nexport default {}\n</script>\n<template>\n  <p />\n</template>\n'),
    ).toMatch(
      /^<script setup lang="ts">\nimport SpatioSignIn from '\.\.\/SpatioSignIn\.vue'\n<\/script>\n\n<script lang="ts">/,
    )
  })

  it('uses the plugin where the app is made', () => {
    const files = { 'src/main.js': main, 'src/views/Root.vue': '<template>\n</template>\n' }
    expect(change('vue', 'src/main.js', files, 'src/main.js')).toContain(
      'const app = createApp(Root).use(createSpatioAuthPlugin(auth))\n',
    )
  })
})

describe('Svelte', () => {
  const main = "import { mount } from 'svelte'\nimport App from './App.svelte'\nmount(App, { target })\n"
  const app = (text: string) =>
    change('svelte', 'App.svelte', { 'main.js': main, 'App.svelte': text }, 'main.js')
  const lines = [
    "  import { setSpatioAuth } from '@spatio-labs/auth-svelte'",
    "  import { auth } from './spatio-auth'",
    "  import SpatioSignIn from './SpatioSignIn.svelte'",
  ].join('\n')

  it('gets a script when it has none', () => {
    expect(app('<h1>Notes</h1>\n')).toBe(
      `<script>\n${lines}\n\n  setSpatioAuth(auth)\n</script>\n\n<SpatioSignIn />\n<h1>Notes</h1>\n`,
    )
  })

  it('leaves the script of the module alone', () => {
    const module = '<script module>\n  export const a = 1\n</script>\n'
    expect(app(`${module}<script>\n  let b = 1\n</script>\n<p>{b}</p>\n`)).toBe(
      `${module}<script>\n${lines}\n\n  setSpatioAuth(auth)\n  let b = 1\n</script>\n\n<SpatioSignIn />\n<p>{b}</p>\n`,
    )
  })
})
