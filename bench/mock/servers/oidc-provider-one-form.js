// The same, with a consent that is given by itself, so that a sign-in is one form, as at the mock.
import { createProvider } from './create-provider.js'

createProvider(Number(process.argv[2]), {
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
