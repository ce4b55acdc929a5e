import { writeFileSync } from 'node:fs'
import { createInteropDocument, documentFile } from './interop-document.js'
import { runInteropTable } from './interop-table.js'

const today = new Date().toISOString().slice(0, 10)
writeFileSync(documentFile, await createInteropDocument(await runInteropTable(), today))
console.log('Written: docs/interop.md')
// oidc-client-ts keeps a timer per signed-in user.
process.exit(0)
