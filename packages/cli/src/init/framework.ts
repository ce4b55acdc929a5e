import { askChoice } from '../terminal/ask.js'
import type { Terminal } from '../terminal/terminal.js'
import { listDependencies, type Project } from './project.js'
import type { Recipe } from './recipe.js'
import { plainRecipe } from './recipes/plain.js'
import { reactRecipe } from './recipes/react.js'
import { svelteRecipe } from './recipes/svelte.js'
import { vueRecipe } from './recipes/vue.js'

export const FRAMEWORKS = ['react', 'vue', 'svelte', 'plain'] as const
export type Framework = (typeof FRAMEWORKS)[number]

export const RECIPES: Readonly<Record<Framework, Recipe>> = {
  react: reactRecipe,
  vue: vueRecipe,
  svelte: svelteRecipe,
  plain: plainRecipe,
}

/** By what a page of it cannot do without. */
const MARKS = { react: 'react-dom', vue: 'vue', svelte: 'svelte' } as const

/** The framework of the app; asked for when it has several. @throws CliError `flag_missing` */
export async function chooseFramework(project: Project, terminal: Terminal): Promise<Framework> {
  const wanted = listDependencies(project.manifest)
  const found = (['react', 'vue', 'svelte'] as const).filter((name) => wanted.includes(MARKS[name]))
  const [only = 'plain', ...others] = found
  if (others.length === 0) return only
  return askChoice(terminal, {
    flag: '--framework',
    what: `this app has ${found.join(' and ')}`,
    message: 'Which framework renders the page?',
    choices: found.map((name) => ({ value: name, label: RECIPES[name].label })),
  })
}
