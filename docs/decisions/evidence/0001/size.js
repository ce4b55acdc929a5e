// Claim: OidcClient costs 6.8 kB gzip more than the parts we import.
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { oidcClientPath, packageFolder, versionOf } from './core-package.js'
import { record } from './test-authority.js'

const oidc = JSON.stringify(oidcClientPath)
const jose = JSON.stringify(`${packageFolder('jose')}/dist/webapi/index.js`)

const ourJose = 'compactVerify, createLocalJWKSet, decodeJwt, base64url, errors'
const entries = {
  SigninState: `export { SigninState } from ${oidc}`,
  'SigninState, SigninResponse, WebStorageStateStore': `export { SigninState, SigninResponse, WebStorageStateStore } from ${oidc}`,
  'the same and OidcClient': `export { SigninState, SigninResponse, WebStorageStateStore, OidcClient } from ${oidc}`,
  'OidcClient alone': `export { OidcClient } from ${oidc}`,
  'UserManager alone': `export { UserManager } from ${oidc}`,
  'what we import of jose': `export { ${ourJose} } from ${jose}`,
  'our parts of both': `export { SigninState, SigninResponse, WebStorageStateStore } from ${oidc}; export { ${ourJose} } from ${jose}`,
  'our parts of both and OidcClient': `export { SigninState, SigninResponse, WebStorageStateStore, OidcClient } from ${oidc}; export { ${ourJose} } from ${jose}`,
}

const sizes = {}
for (const [title, code] of Object.entries(entries)) {
  const { min, gzip } = await measure(code)
  sizes[title] = gzip
  console.log(`${String(min).padStart(7)} B min  ${String(gzip).padStart(6)} B gzip  ${title}`)
}
const alone = sizes['the same and OidcClient'] - sizes['SigninState, SigninResponse, WebStorageStateStore']
const beside = sizes['our parts of both and OidcClient'] - sizes['our parts of both']
console.log(`oidc-client-ts ${versionOf('oidc-client-ts')}, jose ${versionOf('jose')}`)
record(`OidcClient on top of our parts of oidc-client-ts: ${alone} B gzip`, alone > 6200 && alone < 7200)
record(`OidcClient on top of our parts of both: ${beside} B gzip`, beside > 6200 && beside < 7200)

async function measure(code) {
  const id = '\0entry'
  const plugin = {
    name: 'entry',
    resolveId: (name) => (name === 'entry' ? id : null),
    load: (name) => (name === id ? code : null),
  }
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [plugin],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      rollupOptions: { input: 'entry', preserveEntrySignatures: 'strict', output: { format: 'es' } },
    },
  })
  const text = output.output.map(({ code: chunk }) => chunk ?? '').join('')
  return { min: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length }
}
