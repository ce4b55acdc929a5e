import reactHooks from 'eslint-plugin-react-hooks'
import svelte from 'eslint-plugin-svelte'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import { coreFences, packageFences, sourceSyntax } from './scripts/import-fences.js'

const CASE_ID = '/^(S-)?[A-Z]{2,5}-\\d\\d/'
/** it(), it.skip(), it.each()() and the same of test and describe. */
const TEST_CALL =
  'CallExpression:matches([callee.name=/^(it|test|describe)$/], [callee.object.name=/^(it|test|describe)$/], ' +
  '[callee.callee.object.name=/^(it|test|describe)$/])'

/** A case id in a title proves nothing unless the outcome is asserted. */
const caseTitles = {
  selector: [
    `${TEST_CALL} > Literal.arguments:first-child[value=${CASE_ID}]`,
    `${TEST_CALL} > TemplateLiteral.arguments:first-child > TemplateElement:first-child[value.raw=${CASE_ID}]`,
  ].join(', '),
  message:
    'A test with a case id in its title goes through caseTest(id, title, body), which asserts the listed outcome.',
}

/** A code alone is half of a refusal: what was stored, shown and asked belongs to it. */
const refusalByHand = {
  selector: "ReturnStatement > ObjectExpression > Property[key.name='kind'][value.value='reject']",
  message:
    'What test/kit/observe.ts and observe-refusal.ts return has looked at storage, session and requests too.',
}

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/.cache/**',
      '**/.temp/**',
      '**/*.timestamp-*.mjs',
      'examples/*/.*/**',
      'examples/*/build/**',
    ],
  },
  ...tseslint.configs.strict,
  // Components as their frameworks write them, with TypeScript in their scripts. Prettier sees to how they look.
  ...vue.configs['flat/essential'],
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  {
    files: ['**/*.{vue,svelte}'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    // Components are named after their files, and what a template calls is for vue-tsc and svelte-check to find.
    rules: { 'vue/multi-word-component-names': 'off', 'no-undef': 'off' },
  },
  {
    rules: {
      'max-lines': ['error', { max: 250 }],
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', caseTitles],
    },
  },
  {
    name: 'a refused sign-in is observed, not told',
    files: [
      'packages/core/test/{discovery,metadata,app-state,callback*,token-response,id-token,es256,user-info}.test.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', caseTitles, refusalByHand] },
  },
  {
    files: ['packages/*/src/**/*.{ts,tsx}', '{mock-server,cases,interop}/src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', ...sourceSyntax],
      'no-console': 'error',
    },
  },
  {
    name: 'promises and unions, by their types',
    files: ['packages/**/*.{ts,tsx}', '{mock-server,cases,interop}/**/*.ts', 'playground/**/*.{ts,tsx}'],
    languageOptions: {
      // One program of all of them: one for each tsconfig takes half as long again.
      parserOptions: { project: ['tsconfig.lint.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  { files: ['mock-server/src/cli.ts', 'interop/src/write-document.ts'], rules: { 'no-console': 'off' } },
  // Small on purpose: an app that somebody reads before writing their own.
  {
    files: ['examples/**/*.{ts,tsx,svelte}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // They are served at the root.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  // Tests that three packages share: a describe() is as long as its list.
  { files: ['packages/binding-contract/src/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['packages/react/**/*.{ts,tsx}', 'playground/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat['recommended-latest'],
  },
  ...coreFences,
  ...packageFences,
)
