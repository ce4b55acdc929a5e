import { createSpatioAuth } from '@spatio-labs/auth'
import { mountSpatioDevtools } from '@spatio-labs/auth-devtools'

const env = import.meta.env
const auth = createSpatioAuth({
  clientId: env.VITE_SPATIO_CLIENT_ID,
  issuer: env.VITE_SPATIO_ISSUER,
  redirectPath: location.pathname,
  scope: env.VITE_SPATIO_SCOPE,
})
const mock = { issuer: env.VITE_SPATIO_ISSUER, adminToken: env.VITE_SPATIO_MOCK_TOKEN }
mountSpatioDevtools(auth, { mock })
void auth.ready()
document.querySelector('#sign-in')?.addEventListener('click', () => void auth.signIn())
