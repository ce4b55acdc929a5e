import { SignInButton } from './sign-in-button'

export default function HomePage() {
  return (
    <>
      <h1>Home</h1>
      <SignInButton />
    </>
  )
}
