import type { SpatioAuth } from '@spatio-labs/auth'

/** What the page gives to the app of each framework. */
export interface DemoContext {
  readonly auth: SpatioAuth
  readonly issuer: string
  /** Runs what a button starts; what fails is shown by the page, so this never rejects. */
  readonly attempt: (run: () => Promise<unknown>) => Promise<void>
}

/** Shows an app in an empty element. @returns what takes it away */
export type MountApp = (element: HTMLElement, context: DemoContext) => () => void
