// Who may import whom, as lint rules. Patterns end in `/**/*.ts`: one that ends in `/**` selects nothing.

const ENGINE_LIBRARIES = ['oidc-client-ts', 'jose']

/** @param {string[]} folders */
const insideOf = (folders) => folders.flatMap((name) => [`**/${name}/*`, `../${name}/*`, `./${name}/*`])

/**
 * @param {string[]} group glob patterns of import paths
 * @param {string} message
 * @param {boolean} [allowTypeImports]
 */
const fence = (group, message, allowTypeImports = false) => ({ group, message, allowTypeImports })

/**
 * @param {string} name
 * @param {string[]} files
 * @param {ReturnType<typeof fence>[]} patterns
 * @returns {import('eslint').Linter.Config}
 */
const layer = (name, files, patterns) => ({
  name: `fence/${name}`,
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
})

const noEngineLibrary = fence(
  ENGINE_LIBRARIES,
  'Only the engine chunk (protocol/, renewal/) uses oidc-client-ts and jose.',
)
const ENGINE = ['**/engine.js', './engine.js', '../engine.js']

/**
 * The layers of packages/core: app -> binding -> client -> session, and client ..import().. protocol, renewal.
 * @type {import('eslint').Linter.Config[]}
 */
export const coreFences = [
  layer(
    'base',
    ['packages/core/src/*.ts'],
    [
      fence(insideOf(['client', 'protocol', 'renewal']), 'A file of the base imports no layer.'),
      fence(insideOf(['session']), 'A file of the base takes only types from session/.', true),
      noEngineLibrary,
    ],
  ),
  layer(
    'index',
    ['packages/core/src/index.ts'],
    [
      fence(
        [...insideOf(['protocol', 'renewal']), ...ENGINE],
        'The public surface must not pull in the engine.',
      ),
      noEngineLibrary,
    ],
  ),
  layer(
    'engine',
    ['packages/core/src/engine.ts'],
    [
      fence(insideOf(['client']), 'The engine does not know the client.'),
      fence(insideOf(['session']), 'The engine takes only types from session/.', true),
      noEngineLibrary,
    ],
  ),
  layer(
    'session',
    ['packages/core/src/session/**/*.ts'],
    [
      fence(
        [...insideOf(['client', 'protocol', 'renewal']), ...ENGINE],
        'session/ knows no network and no OIDC: errors and options only.',
      ),
      noEngineLibrary,
    ],
  ),
  layer(
    'protocol',
    ['packages/core/src/protocol/**/*.ts'],
    [
      fence(
        [...insideOf(['client', 'renewal']), ...ENGINE],
        'protocol/ knows neither the client nor renewal/.',
      ),
      fence(
        insideOf(['session']),
        'protocol/ takes only types from session/: storing is not its business.',
        true,
      ),
    ],
  ),
  layer(
    'renewal',
    ['packages/core/src/renewal/**/*.ts'],
    [fence([...insideOf(['client']), ...ENGINE], 'renewal/ does not know the client.'), noEngineLibrary],
  ),
  layer(
    'client',
    ['packages/core/src/client/**/*.ts'],
    [
      fence(
        [...insideOf(['protocol', 'renewal']), ...ENGINE],
        'client/ takes only types of the engine: it loads by import() in load-engine.ts.',
        true,
      ),
      noEngineLibrary,
    ],
  ),
  {
    name: 'fence/one-dynamic-import',
    files: ['packages/*/src/**/*.{ts,tsx}'],
    ignores: ['packages/core/src/client/load-engine.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportExpression',
          message: 'The only import() of the engine is in client/load-engine.ts.',
        },
        {
          selector: 'TSEnumDeclaration',
          message: 'A union of string literals says the same and is erasable.',
        },
        { selector: 'ExportDefaultDeclaration', message: 'Export it by its name.' },
      ],
    },
  },
]

/**
 * Between packages: a binding translates over the public entry, and the mock shares no bug with the client.
 * @type {import('eslint').Linter.Config[]}
 */
export const packageFences = [
  layer(
    'mock-server',
    ['mock-server/**/*.ts'],
    [
      fence(
        ['@spatio-labs/auth', '@spatio-labs/auth/*', '@spatio-labs/auth-*', '**/packages/**'],
        'The mock-server never imports the client: they must not share bugs.',
      ),
    ],
  ),
  layer(
    'bindings',
    ['packages/!(core)/src/**/*.{ts,tsx}'],
    [
      fence(['@spatio-labs/auth/*', '**/core/**'], 'A binding imports the public entry @spatio-labs/auth.'),
      fence(['@spatio-labs/mock-server'], 'A binding does not know the mock.'),
      noEngineLibrary,
    ],
  ),
]
