import type { Page } from 'playwright-core'
import type { StormPage } from '../page/main.js'

/** One tab of the browser, and the session it is meant to share with its copies (or with all, in `local`). */
export interface Tab {
  readonly name: string
  readonly page: Page
  family: Family
}

/** Tabs that hold one session: with `local` all of them, with `session` a tab and its copies. */
export interface Family {
  readonly name: string
  /** The grant of the sign-in they hold; null when somebody signed out or nobody has signed in yet. */
  grantId: string | null
  /** When the authority ended the grant, by the simulated clock (ms). */
  endedAt: number | null
  /** A tab was closed since the sign-in: a copy that it would have served may end (decision 0003). */
  hasLostTab: boolean
}

export function createFamily(name: string): Family {
  return { name, grantId: null, endedAt: null, hasLostTab: false }
}

/** What a tab shows and holds. */
export interface TabReport {
  readonly status: 'loading' | 'authenticated' | 'unauthenticated' | 'error'
  readonly why: string | null
  readonly isBusy: boolean
  /** When its access token arrived, ms by the page's clock. */
  readonly receivedAt: number | null
}

export function reportTab({ page }: Tab): Promise<TabReport> {
  return page.evaluate(() => {
    const { auth, whereSessionIs } = window as unknown as StormPage
    const state = auth.getSnapshot()
    const { isRefreshing, pending } = auth.getActivity()
    const key = Object.keys(whereSessionIs).find((name) => /^spatio\.auth:[^#]*$/.test(name))
    const record = JSON.parse((key && whereSessionIs.getItem(key)) ?? 'null')
    return {
      status: state.status,
      why: state.status === 'unauthenticated' ? state.reason : (state.error?.code ?? null),
      isBusy: isRefreshing || pending !== null || state.status === 'loading',
      receivedAt: record?.receivedAt ?? null,
    }
  })
}

/** Asks for a token as an app does; the code of the error when there is none. */
export function askForToken({ page }: Tab): Promise<string | null> {
  return page.evaluate(async () => {
    const { auth } = window as unknown as StormPage
    try {
      await auth.getAccessToken()
      return null
    } catch (error) {
      return (error as { code: string }).code
    }
  })
}

/** Signs in by redirect; the mock allows at once. */
export async function signIn({ page }: Tab): Promise<void> {
  const back = page.waitForURL((url) => url.searchParams.has('code'), { waitUntil: 'commit' })
  await page.evaluate(() => void (window as unknown as StormPage).auth.signIn().catch(() => undefined))
  await back
  await page.waitForFunction(() => {
    const { auth } = window as unknown as Partial<StormPage>
    return auth !== undefined && auth.getSnapshot().status !== 'loading'
  })
}

export async function signOut({ page }: Tab): Promise<void> {
  await page.evaluate(() => (window as unknown as StormPage).auth.signOut())
}
