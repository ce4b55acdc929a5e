// What an app writes once to type its own claims; the three bindings are checked with it.
import '@spatio-labs/auth'

declare module '@spatio-labs/auth' {
  interface Register {
    user: { role: 'admin' | 'member' }
  }
}
