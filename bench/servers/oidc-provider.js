// As near to the mock as its options come: a public client, PKCE, rotation, its own development login page. The
// grant is made by itself, so that a sign-in is one form, as at the mock; by default it would be two.
import Provider from 'oidc-provider'

const port = Number(process.argv[2])
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'bench',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1:5199/'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: async () => true,
  loadExistingGrant: async (context) => {
    const { client, session } = context.oidc
    const grant = new context.oidc.provider.Grant({
      clientId: client?.clientId,
      accountId: session?.accountId,
    })
    grant.addOIDCScope('openid profile email')
    await grant.save()
    return grant
  },
})
provider.listen(port, '127.0.0.1')
