import { existsSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MarkdownRenderer } from 'vitepress'

const REPOSITORY = 'https://github.com/spatio-labs/spatio-auth'
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DOCS = fileURLToPath(new URL('../', import.meta.url))

/**
 * Pages link to files as they lie in the repository, where the same links work. On the site, what is no page leads to
 * the repository. What exists nowhere is left as it is: VitePress fails on it.
 */
export function useRepositoryLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    const { path } = env as { path: string }
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.attrGet('href')
      if (token.type === 'link_open' && href !== null) token.attrSet('href', toSiteLink(href, path))
    }
  })
}

/** @param page the file that the link is in */
export function toSiteLink(href: string, page: string): string {
  if (/^([a-z]+:|#|\/)/.test(href)) return href
  const [path = '', hash] = href.split('#')
  const anchor = hash === undefined ? '' : `#${hash}`
  const file = resolve(dirname(page), path)
  if (!existsSync(file)) return toIncludedLink(href)
  // What a reader of the repository opens as README.md is the index of its folder here.
  if (isPage(file)) return `${path.replace(/(^|\/)README\.md$/, '$1./')}${anchor}`
  const kind = statSync(file).isDirectory() ? 'tree' : 'blob'
  return `${REPOSITORY}/${kind}/main/${relative(ROOT, file)}${anchor}`
}

function isPage(file: string): boolean {
  return file.startsWith(DOCS) && file.endsWith('.md')
}

/** A README that a page includes lies one folder below the root, beside docs. */
function toIncludedLink(href: string): string {
  return href.replace(/^\.\.\/docs\//, '/')
}
