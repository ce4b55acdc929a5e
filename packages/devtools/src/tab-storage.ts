/** Null where the browser gives the page no access to storage: reading the property itself throws there. */
export function openTabStorage(): Storage | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}
