import { format, resolveConfig } from 'prettier'
import { clientLibraries } from './client-libraries.js'
import { toMarkdown, type InteropSection } from './interop-table.js'
import { readVersion } from './package-version.js'

/** Where the table is checked in. */
export const documentFile: URL = new URL('../../docs/interop.md', import.meta.url)

/** The document of a run. `date` is a day, such as 2026-01-31. */
export async function createInteropDocument(
  sections: readonly InteropSection[],
  date: string,
): Promise<string> {
  const packageNames = [...new Set(clientLibraries.map(({ packageName }) => packageName))]
  const versions = packageNames.map((name) => `${name} ${readVersion(name)}`).join(', ')
  const text = `# Other clients against the mock authority

Made by \`npm run interop:table\`; \`npm run test:all\` fails when a run finds something else. ${date}, Node ${process.versions.node}: ${versions}.

Every client is set up as its own README shows and signs in over a real port, once per row, at an authority that is wrong in exactly the one thing the row says. **Bold** is what departs from the expectation of the fault catalogue. A client that accepts a wrong signature may do so by the letter: an id_token that came from the token endpoint by TLS need not be verified (OIDC Core 3.1.3.7 (6)); the two columns with an opt-in verify it. The official SDK is typed requests and nothing else: what it accepts here, the application has to check. \`–\`: it has no part in this.

${sections.map(toMarkdown).join('\n\n')}
`
  const options = await resolveConfig(documentFile)
  return format(text, { ...options, parser: 'markdown' })
}

/** The document without what differs from day to day and machine to machine. */
export function withoutOccasion(document: string): string {
  return document.replace(/\d{4}-\d\d-\d\d, Node [^\n]*/, '')
}
