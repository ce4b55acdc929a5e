import { Configuration, NotesApi } from '@spatio-labs/spatio-ts'
import { auth } from '../auth'

const notes = new NotesApi(new Configuration({ fetchApi: auth.fetch }))

export async function listTitles() {
  const { items } = await notes.listNotes()
  return items?.map(({ title }) => title) ?? []
}
