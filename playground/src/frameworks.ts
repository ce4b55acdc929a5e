export const FRAMEWORKS = ['react', 'vue', 'svelte', 'plain'] as const
export type Framework = (typeof FRAMEWORKS)[number]

export const FRAMEWORK_NAMES: Record<Framework, string> = {
  react: 'React',
  vue: 'Vue',
  svelte: 'Svelte',
  plain: 'TypeScript',
}
