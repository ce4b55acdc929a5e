import type { HTMLAttributes } from 'react'

type Attributes = HTMLAttributes<HTMLElement>

declare module 'react/jsx-runtime' {
  namespace JSX {
    interface IntrinsicElements {
      'expiry-ring': Attributes & { 'expires-at': number | null; revoked: string }
      'orbit-mark': Attributes
      'orbit-picture': Attributes
      'user-avatar': Attributes & { picture: string | undefined; initials: string }
    }
  }
}
