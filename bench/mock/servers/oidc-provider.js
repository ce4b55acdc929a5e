// As it comes, as near to the mock as its options are: a public client, PKCE, rotation, its own development pages,
// which are a login form and a consent form.
import { createProvider } from './create-provider.js'

createProvider(Number(process.argv[2]))
