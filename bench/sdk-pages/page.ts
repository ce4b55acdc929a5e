/** What the trial tells the page before its first script runs. */
export interface Settings {
  readonly issuer: string
  readonly clientId: string
  /** A path of this origin that only callbacks are sent to. */
  readonly redirectUri: string
  /** Space-separated. */
  readonly scope: string
  readonly prompt?: 'login' | 'consent'
  /** Seconds. */
  readonly maxAge?: number
  /** A reload finds the session again, with an SDK that keeps it in the page's memory unless told otherwise. */
  readonly isSessionKept?: boolean
}

/** What a person would see: where the page stands, and whom it calls signed in. */
export interface Report {
  readonly state: 'busy' | 'leaving' | 'signed-in' | 'signed-out'
  /** The `sub`, or why there is none. */
  readonly detail: string
  /** When this became so: ms since the page began to load. */
  readonly at: number
}

/** An app with one SDK in it, by the SDK's own README. */
export interface App {
  readonly isCallback: () => boolean
  readonly finishSignIn: () => Promise<unknown>
  /** The `sub` of the user whom the SDK reports as signed in; null for nobody. */
  readonly findUser: () => Promise<string | null>
  /** Leaves the page. */
  readonly signIn: () => Promise<unknown>
}

declare global {
  interface Window {
    settings: Settings
    report: Report
    leave: () => void
  }
}

/** Whether the page was loaded by the authority's answer, for SDKs that leave it to the app's router to know. */
export function isAtRedirectUri(): boolean {
  return location.pathname === new URL(window.settings.redirectUri).pathname
}

/** Starts the app as soon as the page is there, and keeps `window.report` true. */
export async function startPage(createApp: (settings: Settings) => App | Promise<App>): Promise<void> {
  report('busy', '')
  try {
    const app = await createApp(window.settings)
    window.leave = () => {
      report('leaving', '')
      app.signIn().catch((error: unknown) => report('signed-out', describe(error)))
    }
    const failure = app.isCallback() ? await failureOf(app.finishSignIn()) : ''
    const user = await app.findUser()
    if (user === null) report('signed-out', failure)
    else report('signed-in', user)
  } catch (error) {
    report('signed-out', describe(error))
  }
}

function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(() => '', describe)
}

function report(state: Report['state'], detail: string): void {
  window.report = { state, detail, at: performance.now() }
}

function describe(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown }
  return `${String(code ?? '')} ${String(message ?? error)}`.trim()
}
