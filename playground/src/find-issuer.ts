import { registerMockServiceWorker } from '@spatio-labs/mock-server/service-worker/register'
import { CLIENT_ID, toAuthorityOptions } from '../demo/demo-authority.js'

/**
 * The authority that was started beside this page. Where there is none, one in the page's service worker: it answers
 * before this resolves.
 *
 * @param site URL of the page's folder
 * @throws MockServiceWorkerError where the browser runs no service worker for this page
 */
export async function findIssuer(site: URL): Promise<string> {
  const beside = import.meta.env.VITE_SPATIO_ISSUER
  if (beside !== '') return beside
  const options = { clientId: CLIENT_ID, ...toAuthorityOptions([site.href]) }
  const { issuer } = await registerMockServiceWorker({ scriptUrl: 'spatio-mock-worker.js', options })
  return issuer
}
