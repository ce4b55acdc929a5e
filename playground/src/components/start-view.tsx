import type { ReactNode } from 'react'

/** Before there is an authority to speak to, and instead of the page when there is none. */
export function StartView({ problem }: { readonly problem: string | null }): ReactNode {
  return (
    <main className="page">
      {problem === null ? (
        <section className="loading" aria-busy="true">
          <span className="loading-orbit" aria-hidden="true" />
          <h1>Starting the mock authority…</h1>
        </section>
      ) : (
        <section className="loading" role="alert">
          <h1>This demo cannot start here</h1>
          <p>
            Its mock authority runs in a service worker of this page. {problem}. A private window may allow
            none.
          </p>
        </section>
      )}
    </main>
  )
}
