import { createSpatioAuth } from '@spatio-labs/auth'

export const auth = createSpatioAuth({ clientId: 'app_123' })
