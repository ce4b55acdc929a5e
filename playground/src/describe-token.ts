/** What the access token is good for. */
export function describeToken(isRevoked: boolean): string {
  return isRevoked
    ? 'Revoked at Spatio. This page does not know yet: call the API and watch it heal.'
    : 'Good for the API. It is replaced before it expires, and nothing on this page flickers.'
}
