import { RequireAuth } from '@spatio-labs/auth-react'
import type { ReactNode } from 'react'

export function AdminRoute({ children }: { children: ReactNode }) {
  return (
    <RequireAuth when={({ user }) => user.role === 'admin'} forbidden={<p>Ask an admin for access.</p>}>
      {children}
    </RequireAuth>
  )
}
