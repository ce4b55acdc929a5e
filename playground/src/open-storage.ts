/** Null where the browser gives the page no access to storage: reading the property itself throws there. */
export function openStorage(area: 'local' | 'session'): Storage | null {
  try {
    return area === 'local' ? localStorage : sessionStorage
  } catch {
    return null
  }
}
