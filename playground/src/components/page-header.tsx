import type { ReactNode } from 'react'
import type { StorageChoice } from '../storage-choice'
import { OrbitMark } from './orbit-mark'
import { StatusPill } from './status-pill'
import { StorageSwitch } from './storage-switch'

export function PageHeader({ storage }: { readonly storage: StorageChoice }): ReactNode {
  return (
    <header className="page-header">
      <a className="brand" href={import.meta.env.BASE_URL}>
        <OrbitMark />
        <span>
          Spatio <span className="brand-part">sign-in</span>
        </span>
      </a>
      <StatusPill />
      <StorageSwitch storage={storage} />
    </header>
  )
}
