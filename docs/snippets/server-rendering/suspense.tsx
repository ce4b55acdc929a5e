import { useSpatioAuthSuspense } from '@spatio-labs/auth-react/suspense'
import { Suspense } from 'react'

export function Page() {
  return (
    <Suspense fallback={<p>…</p>}>
      <Greeting />
    </Suspense>
  )
}

function Greeting() {
  const { user } = useSpatioAuthSuspense()
  return <h1>{user === null ? 'Hello, stranger' : `Hello, ${user.name}`}</h1>
}
