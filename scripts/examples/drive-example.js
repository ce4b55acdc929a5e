import assert from 'node:assert/strict'

/** The first of the mock's users. */
const NAME = 'Mira Okafor'

/**
 * @typedef {object} Visit
 * @property {import('playwright-core').Page} page in a browser profile of its own
 * @property {string} url of the example, without a slash at its end
 */

/**
 * Goes through a guarded route, a reload, a sign-out, and the public page's own way in.
 *
 * @param {Visit} visit
 */
export async function driveRoutes({ page, url }) {
  await page.goto(`${url}/account`)
  await allow(page)
  await showsName(page)
  assert.equal(page.url(), `${url}/account`)
  await page.reload()
  await showsName(page)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Home' }).waitFor()
  assert.equal(page.url(), `${url}/`)
  assert.equal(await page.getByTestId('user-name').count(), 0)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await allow(page)
  // Who follows a link sooner is led back to where the sign-in began.
  await page.waitForURL(`${url}/`)
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await page.getByRole('link', { name: 'Account' }).click()
  await showsName(page)
  assert.equal(page.url(), `${url}/account`)
}

/**
 * Signs in on a page without routes, reloads it and signs out.
 *
 * @param {Visit} visit
 */
export async function drivePage({ page, url }) {
  await page.goto(url)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await allow(page)
  await page.getByText(NAME).waitFor()
  assert.equal(page.url(), `${url}/`)
  await page.reload()
  await page.getByText(NAME).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  assert.equal(await page.getByText(NAME).count(), 0)
}

/** Answers the mock's consent page. @param {import('playwright-core').Page} page */
async function allow(page) {
  await page.getByRole('radio', { name: NAME }).check()
  await page.getByRole('button', { name: 'Allow' }).click()
}

/** @param {import('playwright-core').Page} page */
async function showsName(page) {
  await page.getByTestId('user-name').getByText(NAME).waitFor()
}
