import { createSpatioAuth } from '@spatio-labs/auth'

export const auth = createSpatioAuth({
  clientId: 'app_123',
  logger: ({ type, at, ...detail }) => console.debug(new Date(at).toISOString(), type, detail),
})
