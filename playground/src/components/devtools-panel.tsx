// This page shows what the client does: so it wants the devtools also where it is built for production.
import { mountSpatioDevtools } from '@spatio-labs/auth-devtools/production'
import { useSpatioAuthClient } from '@spatio-labs/auth-react'
import { useEffect, useRef, type ReactNode } from 'react'

/** The devtools, docked. Its effect runs before the provider's starts the client: nothing is missed. */
export function DevtoolsPanel({ issuer }: { readonly issuer: string }): ReactNode {
  const auth = useSpatioAuthClient()
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const target = element.current
    if (target === null) return undefined
    const adminToken = import.meta.env.VITE_SPATIO_MOCK_TOKEN
    return mountSpatioDevtools(auth, {
      target,
      ...(adminToken === '' ? {} : { mock: { issuer, adminToken } }),
    })
  }, [auth, issuer])
  return <div className="devtools-panel" ref={element} />
}
