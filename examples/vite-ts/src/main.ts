import { auth } from './auth'

const app = document.getElementById('app')!

function render() {
  const { status, user, error } = auth.getSnapshot()
  if (status === 'loading') return app.replaceChildren('…')
  if (status !== 'authenticated') {
    const signIn = button('Sign in with Spatio', () => auth.signIn())
    return app.replaceChildren(signIn, ` ${error?.message ?? ''}`)
  }
  const name = document.createElement('span')
  name.dataset.testid = 'user-name'
  name.textContent = user.name ?? null
  const signOut = button('Sign out', () => auth.signOut())
  app.replaceChildren(name, ' ', signOut)
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
