import { MockServerError } from '../mock-server-error.js'
import type { FaultName } from './catalogue.js'

/** Whether a fault strikes before there is a request, so that no issuer of a path can have it. */
export function isOfWholePort(name: FaultName): boolean {
  return name === 'transport.tls-expired'
}

/** Why such a fault is not for an issuer of a path. */
export function toWholePortProblem(name: FaultName): string {
  return `${name} strikes at the handshake, before a request says which issuer it is for: set it on the mock that listens`
}

/** @throws MockServerError `invalid_option` for a fault that an issuer of a path cannot have */
export function requireNotOfWholePort(name: FaultName): void {
  if (isOfWholePort(name)) throw new MockServerError('invalid_option', toWholePortProblem(name))
}
