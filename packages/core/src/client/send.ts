import type { Tab } from '../session/tab.js'

/** A request of the front to the authority: no cookies, no redirect, no referrer. Rejects, and never throws. */
export async function send(
  { options, environment }: Pick<Tab, 'options' | 'environment'>,
  url: string,
  init?: RequestInit,
): Promise<Response> {
  return (options.fetch ?? environment.fetch)(url, {
    ...init,
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  })
}
