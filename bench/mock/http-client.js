// The least of an HTTP client: what the client costs is taken from the server on a small machine.
import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** @typedef {{ status: number, headers: import('node:http').IncomingHttpHeaders, body: string }} Answer */

/**
 * @param {string | URL} url
 * @param {Record<string, string>} [form] makes it a POST
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Answer>}
 */
export function send(url, form, headers = {}) {
  const payload = form === undefined ? undefined : new URLSearchParams(form).toString()
  const type = payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { agent, method: payload === undefined ? 'GET' : 'POST', headers: { ...type, ...headers } },
      (incoming) => {
        let body = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk) => (body += chunk))
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(payload)
  })
}
