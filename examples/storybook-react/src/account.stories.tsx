import type { Meta, StoryObj } from '@storybook/react-vite'
import { Account } from './account'

export default { component: Account } satisfies Meta<typeof Account>

type Story = StoryObj<typeof Account>

export const SignedIn: Story = {
  parameters: { auth: { user: { sub: 'usr_mira', name: 'Mira Okafor' } } },
}
export const SignedOut: Story = { parameters: { auth: { status: 'unauthenticated' } } }
export const Loading: Story = { parameters: { auth: { status: 'loading' } } }
export const Failed: Story = { parameters: { auth: { error: 'popup_blocked' } } }
