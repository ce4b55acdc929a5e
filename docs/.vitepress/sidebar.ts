import { readdirSync, readFileSync } from 'node:fs'
import type { DefaultTheme } from 'vitepress'

const DECISIONS = new URL('../decisions/', import.meta.url)

/** Every page of the site has its place here; llms.txt follows the same order. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [
      { text: 'React', link: '/start/react' },
      { text: 'Vue', link: '/start/vue' },
      { text: 'Svelte', link: '/start/svelte' },
      { text: 'Plain TypeScript', link: '/start/typescript' },
    ],
  },
  {
    text: 'Guides',
    items: [
      { text: 'Protect a route', link: '/guides/protect-a-route' },
      { text: 'Call the Spatio API', link: '/guides/call-the-api' },
      { text: 'More scopes and step-up', link: '/guides/step-up' },
      { text: 'Popups and hidden frames', link: '/guides/popups' },
      { text: 'Sign out everywhere', link: '/guides/sign-out' },
      { text: 'Storage and threats', link: '/guides/storage' },
      { text: 'Next, Nuxt, SvelteKit', link: '/guides/server-rendering' },
      { text: 'Test your app', link: '/guides/testing' },
      { text: 'Storybook', link: '/guides/storybook' },
      { text: 'When it does not work', link: '/guides/troubleshooting' },
    ],
  },
  {
    text: 'Coming from',
    items: [
      { text: 'oidc-client-ts', link: '/migrate/oidc-client-ts' },
      { text: 'react-oidc-context', link: '/migrate/react-oidc-context' },
      { text: 'auth0-spa-js', link: '/migrate/auth0-spa-js' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'Error codes', link: '/errors' },
      { text: 'Devtools', link: '/reference/devtools' },
      { text: 'Command line', link: '/reference/cli' },
      { text: 'Mock authority', link: '/reference/mock-server' },
      { text: 'Faults of the mock', link: '/faults' },
    ],
  },
  {
    text: 'API',
    link: '/reference/api/',
    collapsed: true,
    items: [
      { text: 'auth', link: '/reference/api/auth' },
      { text: 'auth/testing', link: '/reference/api/auth-testing' },
      { text: 'auth/registration', link: '/reference/api/auth-registration' },
      { text: 'auth/relay', link: '/reference/api/auth-relay' },
      { text: 'auth-react', link: '/reference/api/auth-react' },
      { text: 'auth-react/suspense', link: '/reference/api/auth-react-suspense' },
      { text: 'auth-vue', link: '/reference/api/auth-vue' },
      { text: 'auth-svelte', link: '/reference/api/auth-svelte' },
      { text: 'auth-svelte/components', link: '/reference/api/auth-svelte-components' },
      { text: 'auth-devtools', link: '/reference/api/auth-devtools' },
      { text: 'auth-devtools/production', link: '/reference/api/auth-devtools-production' },
      { text: 'mock-server', link: '/reference/api/mock-server' },
      { text: 'mock-server/vite', link: '/reference/api/mock-server-vite' },
      { text: 'mock-server/msw', link: '/reference/api/mock-server-msw' },
      { text: 'mock-server/service-worker', link: '/reference/api/mock-server-service-worker' },
      {
        text: 'mock-server/service-worker/register',
        link: '/reference/api/mock-server-service-worker-register',
      },
      { text: 'mock-server/state', link: '/reference/api/mock-server-state' },
    ],
  },
  {
    text: 'Beside others',
    items: [
      { text: 'Who refuses a wrong sign-in', link: '/conformance' },
      { text: 'Benchmarks', link: '/benchmarks' },
      { text: 'Clients against the mock', link: '/interop' },
    ],
  },
  {
    text: 'Decisions',
    link: '/decisions/',
    collapsed: true,
    items: [...listDecisions(), { text: 'How to run the evidence', link: '/decisions/evidence/' }],
  },
]

/** The pages of docs/decisions by their first heading. */
function listDecisions(): DefaultTheme.SidebarItem[] {
  const names = readdirSync(DECISIONS).filter((name) => /^\d{4}-.*\.md$/.test(name))
  return names.sort().map((name) => {
    const [, text = name] = /^# (.*)$/m.exec(readFileSync(new URL(name, DECISIONS), 'utf8')) ?? []
    return { text, link: `/decisions/${name.slice(0, -'.md'.length)}` }
  })
}
