/** A redirect that was not followed: a browser hides what it was, others show it. 304 only says that nothing changed. */
export function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
}
