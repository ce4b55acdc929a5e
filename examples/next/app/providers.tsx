'use client'

import { SpatioAuthProvider } from '@spatio-labs/auth-react'
import { useRouter } from 'next/navigation'
import { useEffect, type ReactNode } from 'react'
import { appRouter, auth } from '../lib/auth'

export function Providers({ children }: { children: ReactNode }) {
  const { replace } = useRouter()
  useEffect(() => {
    appRouter.replace = replace
  }, [replace])
  return <SpatioAuthProvider client={auth}>{children}</SpatioAuthProvider>
}
