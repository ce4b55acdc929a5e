// Who may import whom, as lint rules. Patterns end in `/**/*.ts`: one that ends in `/**` selects nothing.

/** What no source file of a library holds. A later config replaces the whole rule, so all of them share this list. */
export const sourceSyntax = [
  { selector: 'TSEnumDeclaration', message: 'A union of string literals says the same and is erasable.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export it by its name.' },
]

/** @param {string} selector */
const noDynamicImport = (selector) => ({
  selector,
  message: 'The only import() are those of life/, the engine and the relay, in client/load-chunks.ts.',
})

const ENGINE_LIBRARIES = ['oidc-client-ts', 'jose', 'jose/*', 'jose/**']

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
const noOtherPackage = fence(
  ['@spatio-labs/*', '**/mock-server/**', '**/cases/**'],
  'The core stands alone: no binding, no mock, no test helper.',
)
const ENGINE = ['**/engine.js', './engine.js', '../engine.js']

/**
 * The layers of packages/core: app -> binding -> client -> session, client ..import().. life -> client, session, and
 * client ..import().. protocol, renewal.
 * @type {import('eslint').Linter.Config[]}
 */
export const coreFences = [
  layer(
    'base',
    ['packages/core/src/*.ts'],
    [
      fence(
        insideOf(['client', 'life', 'protocol', 'renewal', 'testing']),
        'A file of the base imports no layer.',
      ),
      fence(insideOf(['session']), 'A file of the base takes only types from session/.', true),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  layer(
    'index',
    ['packages/core/src/index.ts'],
    [
      fence(
        [...insideOf(['life', 'protocol', 'renewal', 'testing']), ...ENGINE],
        'The public surface must not pull in the engine.',
      ),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  layer(
    'engine',
    ['packages/core/src/engine.ts'],
    [
      fence(insideOf(['client', 'life', 'testing']), 'The engine does not know the client.'),
      fence(insideOf(['session']), 'The engine takes only types from session/.', true),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  layer(
    'relay',
    [
      'packages/core/src/relay.ts',
      'packages/core/src/relay-response.ts',
      'packages/core/src/relay-channel.ts',
    ],
    [
      fence(
        ['./*', '../*', '!./relay-response.js', '!./relay-channel.js'],
        'The relay only relays: it imports nothing of the client.',
      ),
    ],
  ),
  layer(
    'registration',
    ['packages/core/src/registration.ts'],
    [
      fence(
        [...insideOf(['client', 'life', 'renewal', 'session']), ...ENGINE],
        'The registration entry stands on protocol/ alone.',
      ),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  layer(
    'session',
    ['packages/core/src/session/**/*.ts'],
    [
      fence(
        [...insideOf(['client', 'life', 'protocol', 'renewal', 'testing']), ...ENGINE],
        'session/ knows no network and no OIDC: errors and options only.',
      ),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  layer(
    'protocol',
    ['packages/core/src/protocol/**/*.ts'],
    [
      fence(
        [...insideOf(['client', 'life', 'renewal']), ...ENGINE],
        'protocol/ knows neither the client nor renewal/.',
      ),
      fence(
        insideOf(['session']),
        'protocol/ takes only types from session/: storing is not its business.',
        true,
      ),
      noOtherPackage,
    ],
  ),
  layer(
    'renewal',
    ['packages/core/src/renewal/**/*.ts'],
    [
      fence([...insideOf(['client', 'life']), ...ENGINE], 'renewal/ does not know the client.'),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  layer(
    'client',
    ['packages/core/src/client/**/*.ts'],
    [
      fence(
        [...insideOf(['protocol', 'renewal']), ...ENGINE],
        'client/ takes only types of the engine: it loads by import() in load-chunks.ts.',
        true,
      ),
      fence(insideOf(['life']), 'client/ is the front: life/ is loaded by import() in load-chunks.ts.'),
      fence(insideOf(['testing']), 'The client of apps does not hold the client of their tests.'),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  layer(
    'life',
    ['packages/core/src/life/**/*.ts'],
    [
      fence(
        [...insideOf(['protocol', 'renewal']), ...ENGINE],
        'life/ takes only types of the engine: the front loads it.',
        true,
      ),
      fence(
        ['**/load-chunks.js'],
        'What is loaded is given to life/ by the front: else they import each other.',
      ),
      fence(insideOf(['testing']), 'The client of apps does not hold the client of their tests.'),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  layer(
    'testing',
    ['packages/core/src/testing/**/*.ts'],
    [
      fence(
        [...insideOf(['protocol', 'renewal']), ...ENGINE],
        'testing/ is synchronous and has no network: it knows client/, life/ and session/.',
      ),
      noEngineLibrary,
      noOtherPackage,
    ],
  ),
  {
    name: 'fence/one-dynamic-import',
    files: ['packages/*/src/**/*.{ts,tsx}'],
    ignores: [
      'packages/core/src/client/load-chunks.ts',
      'packages/vue/src/devtools/devtools.development.ts',
      'packages/devtools/src/load-element.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...sourceSyntax, noDynamicImport('ImportExpression')] },
  },
  {
    name: 'fence/only-the-engine',
    files: ['packages/core/src/client/load-chunks.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...sourceSyntax,
        noDynamicImport('ImportExpression[source.value!=/^[.][.].(engine|relay|life.create-life)[.]js$/]'),
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
    ['packages/!(core|binding-contract|cli)/src/**/*.{ts,tsx}'],
    [
      fence(['@spatio-labs/auth/*', '**/core/**'], 'A binding imports the public entry @spatio-labs/auth.'),
      fence(['@spatio-labs/mock-server'], 'A binding does not know the mock.'),
      noEngineLibrary,
    ],
  ),
]
