// The package as it is published.
const file = new URL('../../../mock-server/dist/bundle/index.js', import.meta.url).href
/** @type {typeof import('@spatio-labs/mock-server')} */
const { createMockServer } = await import(file)

const client = { client_id: 'bench', redirect_uris: ['http://127.0.0.1:5199/'] }
await createMockServer({ clients: [client] }).listen({ port: Number(process.argv[2]) })
