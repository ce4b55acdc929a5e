import { registerClient } from '@spatio-labs/auth/registration'

const { clientId } = await registerClient({
  clientName: 'Studio Planner',
  redirectUris: ['https://planner.example/', 'https://planner.example/relay.html'],
  scope: 'openid profile email read:*',
})
console.log(clientId)
