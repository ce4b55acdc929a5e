import type { Page } from 'playwright-core'
import { FRAMEWORKS, type Framework } from '../../src/frameworks.js'
import type { OpenDemo } from './open-demo.js'

/** Whose app is driven through everything: React's, and for `npm run test:all` all four. */
export const DRIVEN: readonly Framework[] = process.env['ALL_FRAMEWORKS'] === '1' ? FRAMEWORKS : ['react']

/** The demo in one framework. Paths are below the demo's URL: a query, a fragment, or both. */
interface FrameworkDemo {
  readonly at: (path?: string) => string
  /** A person with an empty browser profile, on the page with the framework's app. */
  readonly visit: (path?: string) => Promise<Page>
}

/** @param demo asked when a test runs: it is opened after the tests are collected */
export function demoIn(framework: Framework, demo: () => OpenDemo): FrameworkDemo {
  const name = (path: string): string => (framework === 'react' ? path : addFramework(path, framework))
  return {
    at: (path = '') => demo().url + name(path),
    visit: async (path = '') => {
      const page = await demo().visit(name(path))
      // Its code is compiled when it is first asked for.
      await page.locator(`.app[data-framework=${framework}]`).waitFor({ timeout: 30_000 })
      return page
    },
  }
}

function addFramework(path: string, framework: Framework): string {
  const query = `?framework=${framework}`
  return path.startsWith('?') ? `${query}&${path.slice(1)}` : query + path
}
