import '@spatio-labs/auth'

declare module '@spatio-labs/auth' {
  interface Register {
    user: { role?: 'admin' | 'member' }
  }
}
