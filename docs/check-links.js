import { fileURLToPath } from 'node:url'
import { LinkChecker } from 'linkinator'

/** Only the site itself is asked: a page elsewhere may be down, and a build asks no network. */
const ELSEWHERE = ['^https?://(?!localhost)', '^mailto:']

/**
 * Follows every link of the built site from its home page, anchors included, which VitePress does not look at.
 *
 * @param {URL} folder what a file server would serve
 * @returns {Promise<{ count: number, broken: string[] }>}
 */
export async function checkLinks(folder) {
  const { links } = await new LinkChecker().check({
    path: 'auth/',
    serverRoot: fileURLToPath(folder),
    recurse: true,
    cleanUrls: true,
    checkFragments: true,
    linksToSkip: ELSEWHERE,
  })
  const broken = links.filter(({ state }) => state === 'BROKEN')
  return {
    count: links.filter(({ state }) => state === 'OK').length,
    broken: broken.map(({ url, parent, status }) => `${parent ?? ''} -> ${url} (${status ?? 'anchor'})`),
  }
}
