import type { StorybookConfig } from '@storybook/vue3-vite'

export default {
  framework: '@storybook/vue3-vite',
  stories: ['../src/*.stories.ts'],
  core: { disableTelemetry: true },
} satisfies StorybookConfig
