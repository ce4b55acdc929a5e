import { Configuration, NotesApi } from '@spatio-labs/spatio-ts'
import { auth, issuer } from './auth'

const notes = new NotesApi(new Configuration({ basePath: issuer, fetchApi: auth.fetch }))

export async function listTitles() {
  const { items } = await notes.listNotes()
  return items?.map(({ title }) => title) ?? []
}
