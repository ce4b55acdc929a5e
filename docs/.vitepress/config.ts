import { slug } from 'github-slugger'
import { defineConfig, type UserConfig } from 'vitepress'
import llmstxt from 'vitepress-plugin-llms'
import { useRepositoryLinks } from './repository-links.js'
import { sidebar } from './sidebar.js'

/** The errors of the core link to https://docs.spatio.app/auth/errors#code: the site is made for that address. */
const DOMAIN = 'https://docs.spatio.app'
const BASE = '/auth/'

/** Of Shiki's themes, those whose every colour can be read on the grey of a code block. */
const HIGH_CONTRAST = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const

/** Tables too wide for a column between two others. */
const WIDE_PAGES = ['conformance.md', 'faults.md', 'interop.md']

type Plugins = NonNullable<NonNullable<UserConfig['vite']>['plugins']>

/** Its types name the workspace's Vite, and VitePress runs it in its own: it takes nothing from either that differs. */
const llms = llmstxt({ domain: DOMAIN, ignoreFiles: ['parts/**', 'snippets/**'] }) as unknown as Plugins

export default defineConfig({
  title: 'Spatio sign-in',
  description: 'Sign in with Spatio from a single-page app: start, guides, reference',
  lang: 'en',
  base: BASE,
  cleanUrls: true,
  srcExclude: ['parts/**', 'snippets/**'],
  rewrites: {
    'decisions/README.md': 'decisions/index.md',
    'decisions/evidence/README.md': 'decisions/evidence/index.md',
  },
  outDir: './dist/auth',
  cacheDir: './.cache',
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${BASE}favicon.svg` }],
    ['meta', { name: 'theme-color', content: '#4d3fd6' }],
  ],
  // GitHub's anchors, so that a link works in both places: VitePress by itself would make not-authenticated of not_authenticated.
  markdown: { config: useRepositoryLinks, anchor: { slugify: (text) => slug(text) }, theme: HIGH_CONTRAST },
  themeConfig: {
    logo: { src: '/favicon.svg', alt: '' },
    nav: [
      { text: 'Start', link: '/start/react', activeMatch: '/start/' },
      { text: 'Guides', link: '/guides/protect-a-route', activeMatch: '/guides/' },
      { text: 'API', link: '/reference/api/auth', activeMatch: '/reference/api/' },
      { text: 'Errors', link: '/errors' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    notFound: {
      title: 'There is no such page',
      quote: 'It may have moved: search for it, or begin where all pages begin.',
      linkLabel: 'To the first page',
      linkText: 'Start here',
    },
  },
  transformPageData: (page) =>
    WIDE_PAGES.includes(page.relativePath)
      ? { frontmatter: { ...page.frontmatter, aside: false, pageClass: 'wide' } }
      : undefined,
  // Not Vite's 5173: it is for the app that one makes while reading, and for the demo.
  vite: { plugins: [llms], server: { port: 5180 } },
})
