import { createSpatioAuth } from '@spatio-labs/auth'

export const auth = createSpatioAuth({
  clientId: 'app_123',
  // Your server gets the token as well; every other origin is refused as `foreign_origin_rejected`.
  allowedOrigins: ['https://api.planner.example'],
  workspaceId: () => localStorage.getItem('workspace') ?? undefined,
})

export const loadPlans = () => auth.fetch('https://api.planner.example/plans')
