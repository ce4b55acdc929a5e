// The least a server in this stack can be: Hono, its Node adapter, one JSON document.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const port = Number(process.argv[2])
const app = new Hono()
app.get('/.well-known/openid-configuration', (context) =>
  context.json({ issuer: `http://127.0.0.1:${port}` }),
)
serve({ fetch: app.fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false })
