import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { toSiteLink } from '../../docs/.vitepress/repository-links.js'
import { sidebar } from '../../docs/.vitepress/sidebar.js'
import { PUBLISHED } from '../pack-packages.js'
import { listFiles } from '../list-files.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** @param {string} file */
const read = (file) => readFileSync(join(root, file), 'utf8')
const pages = listFiles('docs', /\.md$/)
/** What a page shows of a file. Only that code is compiled or run. */
const imports = pages.flatMap((page) => {
  return [...read(page).matchAll(/^ *<<< @\/(\S+?)(?:#([\w-]+))?(?:\{[^}]*\})?(?: \[.*\])?$/gm)].map(
    ([line, path = '', region]) => ({ page, line, file: join('docs', path), region }),
  )
})

describe('the code on the pages', () => {
  it('is never pasted: TypeScript, components and markup are shown from files that are checked', () => {
    const pasted = pages.flatMap((page) =>
      [...read(page).matchAll(/^ *```(\w+)/gm)].map(([, language]) => `${page}: ${language}`),
    )
    expect(pasted.filter((block) => !/: (sh|ini|text)$/.test(block))).toEqual([])
  })

  it('is compiled where a page includes the README of a package', () => {
    const included = pages.flatMap((page) =>
      [...read(page).matchAll(/^<!--@include: \.\.\/\.\.\/(.*README\.md)-->$/gm)].map(
        ([, file = '']) => file,
      ),
    )
    const withCode = included.filter((file) => /```(?!sh$)\w+$/m.test(read(file)))
    expect(withCode.length).toBeGreaterThan(1)
    for (const file of withCode) expect(read('scripts/test/readme.test.js')).toContain(`read('${file}')`)
  })

  it('comes from files and regions that exist', () => {
    const lines = pages.flatMap((page) => read(page).match(/^ *<<< /gm) ?? [])
    expect(imports.length).toBeGreaterThan(60)
    expect(imports.length).toBe(lines.length)
    const missing = imports.filter(({ file, region }) => {
      if (!existsSync(join(root, file))) return true
      return region !== undefined && !read(file).includes(`// #region ${region}\n`)
    })
    expect(missing).toEqual([])
  })

  it('is shown as far as it lies in docs/snippets', () => {
    const shown = new Set(imports.map(({ file }) => file))
    const snippets = listFiles('docs/snippets', /\.(tsx?|vue|svelte|html)$/)
    expect(snippets.filter((file) => !shown.has(file))).toEqual([])
  })
})

it('every page has its place in the sidebar', () => {
  const links = sidebar.flatMap(({ link = '', items = [] }) => [link, ...items.map(({ link = '' }) => link)])
  const placed = new Set(links.map((link) => `docs${link.replace(/\/$/, '/README')}.md`))
  const unplaced = pages.filter((page) => !placed.has(page) && !/^docs\/(index|parts\/.*)\.md$/.test(page))
  expect(unplaced).toEqual([])
})

it('every entry that an app can import has its page in the API reference', () => {
  const entries = PUBLISHED.flatMap((folder) => {
    const { name, exports = {} } = JSON.parse(read(`${folder}/package.json`))
    const typed = Object.keys(exports).filter((path) => exports[path].types !== undefined)
    return typed.map((path) => name.replace('@spatio-labs/', '') + path.slice(1))
  })
  expect(entries.length).toBeGreaterThan(15)
  const pages = sidebar.find(({ text }) => text === 'API')?.items ?? []
  const placed = pages.map(({ text = '', link }) => ({ text, link }))
  const wanted = entries.map((text) => ({ text, link: `/reference/api/${text.replaceAll('/', '-')}` }))
  expect(placed.sort(byText)).toEqual(wanted.sort(byText))
})

/** @param {{ text: string }} a @param {{ text: string }} b */
const byText = (a, b) => a.text.localeCompare(b.text)

it('a link to a file that is no page leads to the repository, and one to a page stays on the site', () => {
  const page = join(root, 'docs/decisions/0003-where-the-token-set-is-kept.md')
  const repository = 'https://github.com/spatio-labs/spatio-auth'
  expect(toSiteLink('evidence/0003', page)).toBe(`${repository}/tree/main/docs/decisions/evidence/0003`)
  expect(toSiteLink('../../package.json', page)).toBe(`${repository}/blob/main/package.json`)
  expect(toSiteLink('README.md', page)).toBe('./')
  expect(toSiteLink('../errors.md#aborted', page)).toBe('../errors.md#aborted')
  expect(toSiteLink('nowhere.md', page)).toBe('nowhere.md')
  expect(toSiteLink('https://a.example/#b', page)).toBe('https://a.example/#b')
})
