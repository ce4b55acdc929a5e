import type { ReactNode } from 'react'
import { Navigation } from './navigation'
import { Providers } from './providers'

export const metadata = { title: 'Spatio sign-in with Next', icons: 'data:,' }

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Providers>
          <Navigation />
          {children}
        </Providers>
      </body>
    </html>
  )
}
