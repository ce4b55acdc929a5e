import assert from 'node:assert/strict'

/** What each story of the panel shows, by the end of its URL. */
const STORIES = {
  'signed-in': /Signed in as Mira Okafor/,
  'signed-out': /^Sign in$/,
  loading: /^One moment …$/,
  failed: /^popup_blocked\s*Sign in$/,
}

/**
 * Looks at every story of a built Storybook.
 *
 * @param {import('./drive-example.js').Visit} visit
 */
export async function driveStories({ page, url }) {
  // A Storybook without an icon of its own is no mistake of the example.
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }))
  for (const [story, text] of Object.entries(STORIES)) {
    await page.goto(`${url}/iframe.html?id=account--${story}&viewMode=story`)
    const panel = page.locator('#storybook-root p')
    await panel.waitFor()
    assert.match(await panel.innerText(), text)
  }
}
