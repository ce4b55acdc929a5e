import { auth, issuer } from './auth'

export async function loadNotes() {
  const response = await auth.fetch(`${issuer}/v1/notes`)
  if (!response.ok) throw new Error(`The notes could not be read: ${response.status}`)
  return response.json()
}
