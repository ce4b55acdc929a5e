import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { coreFences, packageFences } from './scripts/import-fences.js'

/** A case id in a title proves nothing unless the outcome is asserted. */
const caseTitles = {
  selector:
    'CallExpression[callee.name=/^(it|test)$/] > Literal.arguments:first-child[value=/^(S-)?[A-Z]{2,5}-\\d\\d /]',
  message:
    'A test with a case id in its title goes through caseTest(id, title, body), which asserts the listed outcome.',
}
const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'A union of string literals says the same and is erasable.',
}
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export it by its name.' }

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.cache/**'] },
  ...tseslint.configs.strict,
  {
    rules: {
      'max-lines': ['error', { max: 250 }],
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', noEnum, caseTitles],
    },
  },
  {
    files: ['packages/*/src/**/*.{ts,tsx}', 'mock-server/src/**/*.ts', 'cases/src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noEnum, noDefaultExport],
      'no-console': 'error',
    },
  },
  { files: ['mock-server/src/cli.ts', 'mock-server/src/run-cli.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['packages/react/**/*.{ts,tsx}', 'playground/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat['recommended-latest'],
  },
  ...coreFences,
  ...packageFences,
)
