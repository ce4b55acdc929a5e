import Provider from 'oidc-provider'

/** @param {number} port @param {import('oidc-provider').Configuration} [configuration] */
export function createProvider(port, configuration = {}) {
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
    ...configuration,
  })
  provider.listen(port, '127.0.0.1')
}
