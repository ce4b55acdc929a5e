import { parse } from '@babel/parser'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { getPackageVersion } from '../../src/package-version.js'
import { runCli } from '../../src/run-cli.js'
import { createFakeTerminal, CTRL_C, DOWN, ENTER, type FakeTerminal } from '../kit/fake-terminal.js'
import { openFolder } from '../kit/temporary-folder.js'
import { commitAll, openViteApp, readAll } from '../kit/vite-app.js'

const init = (terminal: FakeTerminal, ...flags: string[]) =>
  runCli(['init', '--client-id', 'app_1', '--no-install', ...flags], terminal)

/** What `.env.local` says of the mock. */
const MOCK_ENV = 'VITE_SPATIO_CLIENT_ID=demo-app\nVITE_SPATIO_ISSUER=http://127.0.0.1:4400\n'

/** A template, the package it gets, and the files that change. */
const TEMPLATES: readonly (readonly [template: string, packageName: string, files: readonly string[]])[] = [
  ['react-ts', '@spatio-labs/auth-react', ['src/SpatioSignIn.tsx', 'src/main.tsx', 'src/spatio-auth.ts']],
  ['react', '@spatio-labs/auth-react', ['src/SpatioSignIn.jsx', 'src/main.jsx', 'src/spatio-auth.js']],
  [
    'vue-ts',
    '@spatio-labs/auth-vue',
    ['src/App.vue', 'src/SpatioSignIn.vue', 'src/main.ts', 'src/spatio-auth.ts'],
  ],
  [
    'vue',
    '@spatio-labs/auth-vue',
    ['src/App.vue', 'src/SpatioSignIn.vue', 'src/main.js', 'src/spatio-auth.js'],
  ],
  [
    'svelte-ts',
    '@spatio-labs/auth-svelte',
    ['src/App.svelte', 'src/SpatioSignIn.svelte', 'src/spatio-auth.ts'],
  ],
  ['svelte', '@spatio-labs/auth-svelte', ['src/App.svelte', 'src/SpatioSignIn.svelte', 'src/spatio-auth.js']],
  ['vanilla-ts', '@spatio-labs/auth', ['src/main.ts', 'src/spatio-auth.ts', 'src/spatio-sign-in.ts']],
  ['vanilla', '@spatio-labs/auth', ['src/main.js', 'src/spatio-auth.js', 'src/spatio-sign-in.js']],
]

describe.each(TEMPLATES)('a fresh %s app', (template, packageName, files) => {
  it('is left as it is without a yes, gets sign-in with one, and nothing more by a second run', async () => {
    using app = openViteApp(template)
    const asking = createFakeTerminal({ cwd: app.path })
    expect(await init(asking)).toBe(2)
    expect(asking.written()).toContain(`+    "${packageName}": "^${getPackageVersion()}"`)
    for (const file of files) expect(asking.written()).toContain(`+++ b/${file}`)
    expect(asking.complained()).toContain('--yes is missing')
    expect(app.changed()).toEqual([])

    expect(await init(createFakeTerminal({ cwd: app.path }), '--yes')).toBe(0)
    expect(app.changed()).toEqual(['.env', 'package.json', ...files])
    expect(app.read('.env')).toBe('VITE_SPATIO_CLIENT_ID=app_1\n')
    for (const file of files.filter((name) => /\.jsx?$/.test(name)))
      expect(() => parse(app.read(file), { sourceType: 'module', plugins: ['jsx'] })).not.toThrow()

    const again = createFakeTerminal({ cwd: app.path })
    expect(await init(again, '--yes')).toBe(0)
    expect(again.written()).toContain('Sign-in is set up already')
    expect(app.changed()).toEqual([])
  })
})

describe('at a terminal', () => {
  it('asks for the client ID and for a yes', async () => {
    using app = openViteApp('vanilla-ts')
    const terminal = createFakeTerminal({ cwd: app.path, isTTY: true, env: { NO_COLOR: '1' } })
    terminal.answer('Who signs people in?', `${DOWN}${ENTER}`)
    terminal.answer('The client ID of your app?', `app_typed${ENTER}`)
    terminal.answer('Make these changes?', 'y')
    expect(await runCli(['init', '--no-install'], terminal)).toBe(0)
    expect(app.read('.env')).toBe('VITE_SPATIO_CLIENT_ID=app_typed\n')
    expect(terminal.written()).toMatch(/Changed 5 files[\s\S]*Next[\s\S]*1\. npm i[\s\S]*3\. npm run dev/)
  })

  it('sets the app up for the mock, and says how to start it, when there is no client ID yet', async () => {
    using app = openViteApp('vanilla-ts')
    const terminal = createFakeTerminal({ cwd: app.path, isTTY: true, env: { NO_COLOR: '1' } })
    terminal.answer('Who signs people in?', ENTER)
    terminal.answer('Make these changes?', 'y')
    expect(await runCli(['init', '--no-install'], terminal)).toBe(0)
    expect(app.read('.env.local')).toBe(MOCK_ENV)
    expect(app.changed()).not.toContain('.env')
    expect(terminal.written()).toMatch(/2\. Start the mock in a second terminal.*mock --client demo-app /)
    expect(terminal.written()).toMatch(
      /With Spatio itself: .* register [\s\S]*then remove both lines from \.env\.local/,
    )
    expect(terminal.written()).not.toContain('Register http')
  })

  it.each([
    ['a no', 'n', 1],
    ['Enter alone', ENTER, 1],
    ['Ctrl+C', CTRL_C, 130],
  ])('changes nothing after %s', async (_what, keys, exitCode) => {
    using app = openViteApp('vanilla-ts')
    const terminal = createFakeTerminal({ cwd: app.path, isTTY: true })
    terminal.answer('Make these changes?', keys)
    expect(await init(terminal)).toBe(exitCode)
    expect(app.changed()).toEqual([])
  })

  it('asks which framework renders an app that has two', async () => {
    using app = openViteApp('react-ts')
    app.write('package.json', app.read('package.json').replace('"react":', '"vue": "^3.5.45",\n    "react":'))
    const terminal = createFakeTerminal({ cwd: app.path, isTTY: true })
    terminal.answer('Which framework renders the page?', ENTER)
    terminal.answer('Make these changes?', 'y')
    expect(await init(terminal)).toBe(0)
    expect(app.changed()).toContain('src/SpatioSignIn.tsx')
    const inPipe = createFakeTerminal({ cwd: app.path })
    expect(await init(inPipe)).toBe(2)
    expect(inPipe.complained()).toContain('--framework is missing: this app has react and vue')
  })
})

describe('init refuses', () => {
  it('while something is not committed, and names it', async () => {
    using app = openViteApp('react-ts')
    commitAll(app.path)
    app.write('notes.txt', '')
    const dirty = createFakeTerminal({ cwd: app.path })
    expect(await init(dirty, '--yes')).toBe(1)
    expect(dirty.complained()).toMatch(/not committed: notes\.txt\.\n.*Commit or stash/)
    expect(app.changed()).toEqual(['notes.txt'])
    rmSync(join(app.path, 'notes.txt'))
    const clean = createFakeTerminal({ cwd: app.path })
    expect(await init(clean, '--yes')).toBe(0)
    expect(clean.written()).not.toContain('no git repository')
  })

  it.each([
    ['no app', {}, /There is no package\.json/],
    ['a manifest that is no JSON', { 'package.json': '{' }, /is not a JSON object/],
    ['no Vite', { 'package.json': '{"dependencies":{"react-dom":"1"}}' }, /is not a Vite app/],
    [
      'SvelteKit',
      { 'package.json': '{"devDependencies":{"@sveltejs/kit":"2","vite":"8"}}' },
      /examples\/sveltekit/,
    ],
    ['no page', { 'package.json': '{"devDependencies":{"vite":"8"}}' }, /loads no module of this app/],
  ])('%s', async (_what, files, message) => {
    using folder = openFolder(files)
    const terminal = createFakeTerminal({ cwd: folder.path })
    expect(await init(terminal, '--yes')).toBe(1)
    expect(terminal.complained()).toMatch(message)
    expect(readAll(folder.path)).toEqual(files)
  })

  it('to ask for the client ID in a pipe', async () => {
    using app = openViteApp('vue')
    const terminal = createFakeTerminal({ cwd: app.path })
    expect(await runCli(['init', '--yes'], terminal)).toBe(2)
    expect(terminal.complained()).toMatch(/--client-id is missing.*--mock needs none/)
  })

  it('the mock together with a client ID or an issuer', async () => {
    using app = openViteApp('vue')
    for (const flags of [
      ['--client-id', 'app_1'],
      ['--issuer', 'https://login.example'],
    ]) {
      const terminal = createFakeTerminal({ cwd: app.path })
      expect(await runCli(['init', '--mock', '--yes', ...flags], terminal)).toBe(2)
      expect(terminal.complained()).toContain('--mock')
    }
    expect(app.changed()).toEqual([])
  })

  it.each([
    ['react-ts', 'src/main.tsx', 'export {}\n', /src\/main\.tsx has no call that renders the app/],
    ['react-ts', 'src/main.tsx', 'const auth = 1\nroot.render(<App />)\n', /the name auth is taken/],
    ['react-ts', 'src/main.tsx', 'root.render(<App>\n', /src\/main\.tsx cannot be read/],
    [
      'vue',
      'src/main.js',
      "import { App } from './app'\ncreateApp(App)\n",
      /is not imported from a file ending in \.vue/,
    ],
    ['vue', 'src/App.vue', '<template lang="pug">\np\n</template>\n', /has no <template> in HTML/],
    ['svelte', 'src/SpatioSignIn.svelte', 'mine', /src\/SpatioSignIn\.svelte exists already/],
  ])('a %s app whose %s is %j, and changes nothing', async (template, file, text, message) => {
    using app = openViteApp(template, { [file]: text })
    const terminal = createFakeTerminal({ cwd: app.path })
    expect(await init(terminal, '--yes')).toBe(1)
    expect(terminal.complained()).toMatch(message)
    expect(terminal.complained()).toContain('by hand')
    expect(app.changed()).toEqual([])
  })
})

describe('what init knows already', () => {
  it('is the client ID of the env file; another one is shown as a change', async () => {
    using app = openViteApp('vanilla')
    app.write('.env', 'VITE_SPATIO_CLIENT_ID=app_env\n')
    const keeping = createFakeTerminal({ cwd: app.path })
    expect(await runCli(['init', '--yes', '--no-install'], keeping)).toBe(0)
    expect(app.read('.env')).toBe('VITE_SPATIO_CLIENT_ID=app_env\n')
    const changing = createFakeTerminal({ cwd: app.path })
    expect(await init(changing, '--issuer', 'https://login.example', '--yes')).toBe(0)
    expect(changing.written()).toContain('-VITE_SPATIO_CLIENT_ID=app_env\n+VITE_SPATIO_CLIENT_ID=app_1\n')
    expect(app.read('.env')).toBe('VITE_SPATIO_CLIENT_ID=app_1\nVITE_SPATIO_ISSUER=https://login.example\n')
  })

  it('is which env file Vite would read it from: another one in a weaker file would change nothing', async () => {
    using app = openViteApp('vanilla')
    const trying = createFakeTerminal({ cwd: app.path })
    expect(await runCli(['init', '--mock', '--yes', '--no-install'], trying)).toBe(0)
    expect(app.read('.env.local')).toBe(MOCK_ENV)
    const again = createFakeTerminal({ cwd: app.path })
    expect(await runCli(['init', '--yes'], again)).toBe(0)
    expect(again.written()).toContain('Sign-in is set up already')
    app.changed()
    expect(await init(createFakeTerminal({ cwd: app.path }), '--yes')).toBe(0)
    expect(app.changed()).toEqual(['.env.local'])
    expect(app.read('.env.local')).toBe(MOCK_ENV.replace('demo-app', 'app_1'))
  })

  it('is that nothing helps to take it back outside of git', async () => {
    using folder = openFolder({
      'package.json': '{\n  "devDependencies": {\n    "vite": "8"\n  }\n}\n',
      'index.html': '<script type="module" src="./main.js"></script>',
      'main.js': "console.log('mine')\n",
    })
    const terminal = createFakeTerminal({ cwd: folder.path })
    expect(await init(terminal, '--yes')).toBe(0)
    expect(terminal.written()).toContain('This is no git repository')
    expect(readAll(folder.path)['main.js']).toBe(
      "import { createSpatioSignIn } from './spatio-sign-in'\nconsole.log('mine')\n\ndocument.body.prepend(createSpatioSignIn())\n",
    )
  })
})
