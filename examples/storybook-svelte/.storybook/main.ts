import type { StorybookConfig } from '@storybook/svelte-vite'

export default {
  framework: '@storybook/svelte-vite',
  stories: ['../src/*.stories.ts'],
  core: { disableTelemetry: true },
} satisfies StorybookConfig
