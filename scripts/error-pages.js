// Writes docs/errors.md, a section for each error code: npm run error-pages
import { writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'

const PAGE = new URL('../docs/errors.md', import.meta.url)
const RETRYABLE = { yes: 'yes', no: 'no', depends: 'depends on what was answered: read `retryable`' }

/** @typedef {{ sentences: Record<string, string>, facts: Record<string, readonly [phases: readonly string[], retryable: 'yes' | 'no' | 'depends']> }} ErrorSource */

/**
 * The page as it must stand in docs/errors.md.
 *
 * @param {ErrorSource} source
 * @returns {Promise<string>}
 */
export async function renderErrorPage({ sentences, facts }) {
  const sections = Object.entries(sentences).map(([code, sentence]) => {
    const [phases, retryable] = facts[code] ?? [[], 'no']
    const where = phases.map((phase) => `\`${phase}\``).join(', ')
    return `## ${code}\n\n${escapeTags(sentence)}\n\n- phase: ${where || 'none, no call throws it: an event tells it'}\n- retryable: ${RETRYABLE[retryable]}`
  })
  const text = `# Errors\n\n${INTRODUCTION}\n\n${sections.join('\n\n')}\n`
  return format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' })
}

/** A sentence names components, which markdown would take for HTML. @param {string} text */
const escapeTags = (text) => text.replaceAll('<', '\\<')

const INTRODUCTION = [
  'Every call that fails throws a `SpatioAuthError`; what fails by itself is in `getSnapshot().error` and in the events.',
  'Its `code` is one of the closed list below and never changes its meaning. `phase` says where it arose, `retryable`',
  'whether the same call may succeed later without a change, `oauth` what the authority said, if it did. A message holds',
  'no code, verifier, token, header or body. Production builds print the code and a link to its section; the sentences',
  'come with the `development` export condition.',
  '\n\nThis page is generated from `packages/core/src/messages.development.ts` and `error-facts.ts` by',
  '`npm run error-pages`.',
].join(' ')

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { SENTENCES: sentences } = await import('../packages/core/dist/messages.development.js')
  const { ERROR_FACTS: facts } = await import('../packages/core/dist/error-facts.js')
  writeFileSync(PAGE, await renderErrorPage({ sentences, facts }))
}
