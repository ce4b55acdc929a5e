import { createSpatioAuth } from '@spatio-labs/auth'

const auth = createSpatioAuth({
  clientId: import.meta.env.VITE_SPATIO_CLIENT_ID,
  issuer: import.meta.env.VITE_SPATIO_ISSUER,
})
const app = document.getElementById('app')!

function render() {
  const state = auth.getSnapshot()
  if (state.status === 'loading') return app.replaceChildren('…')
  if (state.status !== 'authenticated')
    return app.replaceChildren(button('Sign in with Spatio', () => auth.signIn()))
  const name = document.createElement('span')
  name.dataset.testid = 'user-name'
  name.textContent = state.user.name ?? null
  app.replaceChildren(
    name,
    ' ',
    button('Sign out', () => auth.signOut()),
  )
}

function button(label: string, onClick: () => void) {
  const element = document.createElement('button')
  element.textContent = label
  element.addEventListener('click', onClick)
  return element
}

auth.subscribe(render)
render()
void auth.ready()
