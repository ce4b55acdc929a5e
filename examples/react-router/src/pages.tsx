import { SignedIn, SignedOut, useSpatioAuth } from '@spatio-labs/auth-react'
import { Link, Outlet, useLoaderData, useNavigate } from 'react-router'

export function Shell() {
  const { isAuthenticated, signOut } = useSpatioAuth()
  const navigate = useNavigate()
  return (
    <>
      <nav>
        <Link to="/">Home</Link> <Link to="/account">Account</Link>{' '}
        {isAuthenticated && <button onClick={() => signOut().then(() => navigate('/'))}>Sign out</button>}
      </nav>
      <Outlet />
    </>
  )
}

export function Home() {
  return (
    <>
      <h1>Home</h1>
      <SignInButton />
    </>
  )
}

export function Account() {
  const { greeting } = useLoaderData<{ greeting: string }>()
  // The gate follows a sign-out, which happens without a navigation.
  return (
    <SignedIn>
      {(user) => (
        <h1>
          {greeting} <span data-testid="user-name">{user.name}</span>
        </h1>
      )}
    </SignedIn>
  )
}

/** The client takes the answer out of the URL and goes on to where the sign-in began; only a refused one stays. */
export function Callback() {
  const { error } = useSpatioAuth()
  return error ? <p role="alert">{error.message}</p> : <p>Signing you in …</p>
}

/** `requireUser` refused: the sign-in failed, or the visitor signed out on purpose and is not sent away again. */
export function Refused() {
  return (
    <>
      <p role="alert">Please sign in.</p>
      <SignInButton />
    </>
  )
}

function SignInButton() {
  const { signIn } = useSpatioAuth()
  return (
    <SignedOut>
      <button onClick={() => signIn()}>Sign in with Spatio</button>
    </SignedOut>
  )
}
