import type { SpatioAuth } from '@spatio-labs/auth'

export function greet(auth: SpatioAuth) {
  const { user } = auth.getSnapshot()
  return user === null ? 'Hello, stranger' : `Hello, ${user.name}`
}

export async function countNotes(auth: SpatioAuth) {
  const response = await auth.fetch('https://api.spatio.app/v1/notes')
  const { items } = (await response.json()) as { items: unknown[] }
  return items.length
}
