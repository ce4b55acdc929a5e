import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { build } from 'vite'

const PAGE = `<script>
  import { createSpatioAuth } from '@spatio-labs/auth'
  import { setSpatioAuth } from '@spatio-labs/auth-svelte'
  import Account from './account.svelte'

  setSpatioAuth(createSpatioAuth({ clientId: 'app_123' }))
</script>
<Account />`

const ACCOUNT = `<script>
  import { useSpatioAuth } from '@spatio-labs/auth-svelte'
  import { SignedIn, SignedOut } from '@spatio-labs/auth-svelte/components'

  const auth = useSpatioAuth()
</script>
<p>{auth.status} {$auth.status}</p>
<SignedIn>in</SignedIn>
<SignedOut>out</SignedOut>`

const RENDER = `import { render } from 'svelte/server'
import Page from './page.svelte'
console.log(render(Page).body.replace(/<!--.*?-->/g, '').trim())`

/** While nobody has looked into the browser's storage, nobody is known to be in or out. */
const EXPECTED = '<p>loading loading</p>'

/**
 * Renders a page on a server, as SvelteKit does: Vite finds our components by their package and compiles them beside the
 * app's own, and Svelte itself is what Node finds.
 *
 * @param {string} folder of the app
 * @returns {Promise<string[]>} what is wrong
 */
export async function findSvelteServerProblems(folder) {
  writeFileSync(`${folder}/page.svelte`, PAGE)
  writeFileSync(`${folder}/account.svelte`, ACCOUNT)
  writeFileSync(`${folder}/render.js`, RENDER)
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    plugins: [svelte({ configFile: false })],
    build: { ssr: 'render.js', outDir: 'server', target: 'node20' },
  })
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/render.js'], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status === 0 && stderr === '' && stdout.trim() === EXPECTED) return []
  return [`Svelte on a server: ${stdout}${stderr}`]
}
