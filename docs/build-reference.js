import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Application, ReflectionKind } from 'typedoc'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const OUT = `${ROOT}docs/reference/api`

/** The declarations of each entry, by what it is imported as. @type {Record<string, string>} */
const ENTRIES = {
  '@spatio-labs/auth': 'packages/core/dist/index.d.ts',
  '@spatio-labs/auth/testing': 'packages/core/dist/testing/create-test-auth.d.ts',
  '@spatio-labs/auth/registration': 'packages/core/dist/registration.d.ts',
  '@spatio-labs/auth/relay': 'packages/core/dist/relay.d.ts',
  '@spatio-labs/auth-react': 'packages/react/dist/index.d.ts',
  '@spatio-labs/auth-react/suspense': 'packages/react/dist/suspense.d.ts',
  '@spatio-labs/auth-vue': 'packages/vue/dist/index.d.ts',
  '@spatio-labs/auth-svelte': 'packages/svelte/dist/index.d.ts',
  '@spatio-labs/auth-svelte/components': 'packages/svelte/components/index.d.ts',
  '@spatio-labs/auth-devtools': 'packages/devtools/dist/index.d.ts',
  '@spatio-labs/auth-devtools/production': 'packages/devtools/dist/production.d.ts',
  '@spatio-labs/mock-server': 'mock-server/dist/index.d.ts',
  '@spatio-labs/mock-server/vite': 'mock-server/dist/vite/vite-plugin.d.ts',
  '@spatio-labs/mock-server/msw': 'mock-server/dist/msw/msw-handlers.d.ts',
  '@spatio-labs/mock-server/service-worker': 'mock-server/dist/service-worker/serve-mock.d.ts',
  '@spatio-labs/mock-server/service-worker/register':
    'mock-server/dist/service-worker/register-mock-service-worker.d.ts',
  '@spatio-labs/mock-server/state': 'mock-server/dist/state/parse-mock-state.d.ts',
}

/** @type {import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions} */
const OPTIONS = {
  // The declarations: a quarter of the time that the sources take, and all that an app sees.
  entryPoints: Object.values(ENTRIES).map((path) => ROOT + path),
  tsconfig: `${ROOT}docs/tsconfig.reference.json`,
  plugin: ['typedoc-plugin-markdown'],
  out: OUT,
  logLevel: 'Warn',
  name: 'API',
  readme: 'none',
  entryFileName: 'index',
  disableSources: true,
  excludeExternals: true,
  // What one calls first.
  groupOrder: ['Functions', 'Variables', 'Classes', 'Interfaces', 'Type Aliases', 'References'],
  sort: ['kind', 'alphabetical'],
  outputFileStrategy: 'modules',
  useCodeBlocks: true,
  useHTMLAnchors: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  pageTitleTemplates: { module: ({ name }) => toSpecifier(name), index: ({ projectName }) => projectName },
  tableColumnSettings: { hideModifiers: true },
  classPropertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  parametersFormat: 'table',
}

/** Writes reference/api, a page for each entry of the packages, from the declarations that `tsc --build` has written. */
export async function buildReference() {
  const app = await Application.bootstrapWithPlugins(OPTIONS)
  const project = await app.convert()
  if (project === undefined) throw new Error('TypeDoc could not read the declarations: run tsc --build')
  for (const module of project.children ?? []) module.name = toPageName(module.name)
  for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) nameParameter(parameter)
  rmSync(OUT, { recursive: true, force: true })
  await app.generateOutputs(project)
}

/** One that the function takes apart has no name of its own. @param {import('typedoc').Reflection} parameter */
function nameParameter(parameter) {
  if (parameter.name !== '__namedParameters' || !('type' in parameter)) return
  parameter.name = /Props$/.test(String(parameter.type)) ? 'props' : 'options'
}

/** TypeDoc calls a module after its file; its page is called after its import, without the scope. @param {string} file */
function toPageName(file) {
  const found = Object.entries(ENTRIES).find(([, path]) => path.replace(/(\/index)?\.d\.ts$/, '') === file)
  return found === undefined ? file : toSlug(found[0])
}

/** @param {string} slug */
function toSpecifier(slug) {
  return Object.keys(ENTRIES).find((specifier) => toSlug(specifier) === slug) ?? slug
}

/** @param {string} specifier */
function toSlug(specifier) {
  return specifier.replace('@spatio-labs/', '').replaceAll('/', '-')
}
