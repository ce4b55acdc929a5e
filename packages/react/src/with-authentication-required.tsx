'use client'

import type { ComponentType, FC } from 'react'
import { RequireAuth, type RequireAuthProps } from './require-auth.js'

/** The component inside `<RequireAuth>`, for route tables that take components. */
export function withAuthenticationRequired<Props extends object>(
  Component: ComponentType<Props>,
  options: Omit<RequireAuthProps, 'children'> = {},
): FC<Props> {
  const Guarded: FC<Props> = (props) => (
    <RequireAuth {...options}>
      <Component {...props} />
    </RequireAuth>
  )
  Guarded.displayName = `withAuthenticationRequired(${Component.displayName ?? Component.name})`
  return Guarded
}
