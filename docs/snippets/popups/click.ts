import { SpatioAuthError } from '@spatio-labs/auth'
import { auth } from './auth'

export function addPopupSignIn(button: HTMLButtonElement) {
  button.addEventListener('mouseenter', () => void auth.preload())
  button.addEventListener('click', async () => {
    try {
      await auth.signIn({ mode: 'popup' })
    } catch (error) {
      if (!(error instanceof SpatioAuthError)) throw error
      if (error.code === 'popup_blocked') return auth.signIn()
      if (error.code !== 'popup_closed') throw error
    }
  })
}
