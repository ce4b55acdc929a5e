// No authority: it answers the requests of a sign-in by Hono and with a signature, checks nothing and keeps nothing.
// Beside it stands what all else costs that makes an authority.
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { generateKeyPair, SignJWT } from 'jose'
import { randomBytes } from 'node:crypto'

const port = Number(process.argv[2])
const issuer = `http://127.0.0.1:${port}`
const { privateKey } = await generateKeyPair('RS256')
const token = () => randomBytes(32).toString('base64url')
const app = new Hono()
app.get('/.well-known/openid-configuration', (context) =>
  context.json({ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` }),
)
app.get('/authorize', (context) => {
  const hidden = Object.entries(context.req.query()).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
  )
  return context.html(`<form action="/confirm" method="post">${hidden.join('')}</form>`)
})
app.post('/confirm', async (context) => {
  const form = await context.req.parseBody()
  return context.redirect(`${String(form['redirect_uri'])}?code=${token()}&state=${String(form['state'])}`)
})
app.post('/token', async (context) => {
  const form = await context.req.parseBody()
  const idToken = await new SignJWT({ name: 'Mira', nonce: String(form['code']) })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuedAt()
    .sign(privateKey)
  return context.json({
    access_token: token(),
    refresh_token: token(),
    id_token: idToken,
    token_type: 'Bearer',
  })
})
serve({ fetch: app.fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false })
