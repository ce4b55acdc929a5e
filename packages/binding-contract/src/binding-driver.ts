import type { SpatioAuth, User } from '@spatio-labs/auth'

/**
 * The pages that every binding writes in its own way:
 * - `reader`: two leaves with the user's name, read in two ways, in `[data-reader]`; the status in `[data-status]`
 * - `activity`: the expiry in `[data-expiry]`
 * - `gates`: `SignedIn` with `loading`, `fallback` and the name; one `when` the scope `write:*` is there, which says
 *   `writer`; `SignedOut`, which says `out`
 * - `guarded`: `RequireAuth` with `returnTo="/notes"`, `when` the scope `email` is there, and texts named like its
 *   parts (`loading`, `redirecting`, `forbidden`, `signed-out`, else the name), in an error boundary that shows the
 *   code and a button which calls `retry()` and then starts anew
 * - `suspended`: the provider inside a boundary that says `waiting` until the client is ready, then the name
 * - `no-provider`: a leaf without one; `two-clients`: a provider with another client below one
 */
export type PageName =
  'reader' | 'activity' | 'gates' | 'guarded' | 'suspended' | 'no-provider' | 'two-clients'

export interface PageProps {
  readonly client: SpatioAuth
  /** Called by a leaf of `reader` in each of its renders. */
  readonly onRender: (user: User | null) => void
}

export interface MountedPage {
  readonly container: HTMLElement
  /** What the framework told of mismatches and errors that it recovered from. */
  readonly problems: readonly unknown[]
  readonly unmount: () => void
}

/** How a framework renders a page. */
export interface BindingDriver {
  readonly name: string
  /** The code of a leaf without a provider. */
  readonly missingCode: 'provider_missing' | 'plugin_missing'
  /** @throws what was thrown while rendering and reached no boundary */
  readonly mount: (page: PageName, props: PageProps) => Promise<MountedPage>
  /** What a server sends for `gates`, with a client that never became ready. */
  readonly renderOnServer: () => Promise<string>
  /** Mounts `gates` on what the server sent. */
  readonly hydrate: (html: string, props: PageProps) => Promise<MountedPage>
  /** Does something and lets the page follow. */
  readonly act: (work: () => unknown) => Promise<void>
}
