import type { Meta, StoryObj } from '@storybook/vue3-vite'
import AccountPanel from './AccountPanel.vue'

export default { component: AccountPanel } satisfies Meta<typeof AccountPanel>

type Story = StoryObj<typeof AccountPanel>

export const SignedIn: Story = {
  parameters: { auth: { user: { sub: 'usr_mira', name: 'Mira Okafor' } } },
}
export const SignedOut: Story = { parameters: { auth: { status: 'unauthenticated' } } }
export const Loading: Story = { parameters: { auth: { status: 'loading' } } }
export const Failed: Story = { parameters: { auth: { error: 'popup_blocked' } } }
