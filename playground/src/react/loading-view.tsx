import { useSpatioAuthActivity } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'
import { describeLoading } from '../describe-loading'

/** Before the state is known: once per page, never during a refresh. */
export function LoadingView(): ReactNode {
  const { title, detail } = describeLoading(useSpatioAuthActivity())
  return (
    <section className="loading" aria-busy="true">
      <span className="loading-orbit" aria-hidden="true" />
      <h1 id="main-heading">{title}</h1>
      <p>{detail}</p>
    </section>
  )
}
