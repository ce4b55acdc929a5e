import { createSpatioAuth } from '@spatio-labs/auth'

export const auth = createSpatioAuth({ clientId: 'app_123', relayPath: '/relay.html' })
