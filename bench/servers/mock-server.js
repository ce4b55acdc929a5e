import { createMockServer } from '@spatio-labs/mock-server'

const client = { client_id: 'bench', redirect_uris: ['http://127.0.0.1:5199/'] }
await createMockServer({ clients: [client] }).listen({ port: Number(process.argv[2]) })
