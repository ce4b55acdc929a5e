import { auth } from './auth'
import { withScope } from './with-scope'

export function addNotesButton(button: HTMLButtonElement, show: (notes: unknown) => void) {
  button.addEventListener('click', async () => {
    const response = await withScope(auth, 'read:*', () => auth.fetch('https://api.spatio.app/v1/notes'))
    show(await response.json())
  })
}
