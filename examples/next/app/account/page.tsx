'use client'

import { useUser } from '@spatio-labs/auth-react'

export default function AccountPage() {
  const { name } = useUser()
  return (
    <h1>
      Hello, <span data-testid="user-name">{name}</span>
    </h1>
  )
}
