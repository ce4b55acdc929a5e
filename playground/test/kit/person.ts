import type { Page } from 'playwright-core'

/** Leaves for Spatio and waits for its consent page. */
export async function leaveForSpatio(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with Spatio' }).click()
  await page.getByRole('button', { name: 'Allow' }).waitFor()
}

/** Signs in through the consent page and waits for the name. */
export async function signIn(page: Page, name = 'Mira Okafor'): Promise<void> {
  await leaveForSpatio(page)
  await page.getByRole('radio', { name }).check()
  await page.getByRole('button', { name: 'Allow' }).click()
  await waitForName(page, name)
}

export async function waitForName(page: Page, name = 'Mira Okafor'): Promise<void> {
  await page.getByTestId('user-name').getByText(name).waitFor()
}

/** Signs out and waits for the way in. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await waitForSignedOut(page)
}

export async function waitForSignedOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with Spatio' }).waitFor()
}

/** Chooses where the session is kept; the page loads anew. */
export async function keepSessionIn(page: Page, place: 'This tab' | 'All tabs' | 'Memory'): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.getByRole('radio', { name: place }).click()])
  await page.getByRole('radio', { name: place, checked: true }).waitFor()
}

/** The URL of the callback the next sign-in comes back with. */
export function nextCallback(page: Page): Promise<string> {
  return page.waitForRequest(isCallback).then((request) => request.url())
}

function isCallback(request: { url(): string }): boolean {
  const { searchParams } = new URL(request.url())
  return searchParams.has('code') && searchParams.has('state')
}
