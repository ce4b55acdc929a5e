import { FRAMEWORKS, type Framework } from './frameworks'
import { openStorage } from './open-storage'

const KEY = 'spatio-playground.framework'
const PARAMETER = 'framework'
const DEFAULT: Framework = 'react'

/** The framework that a query names; one that names none is React's. */
export function getFramework(search: string): Framework {
  const named = new URLSearchParams(search).get(PARAMETER)
  return toFramework(named) ?? DEFAULT
}

/** The query of the page that shows a framework. */
export function toQuery(framework: Framework): string {
  return `?${PARAMETER}=${framework}`
}

/**
 * A callback arrives at the redirect URI, which all four share: it is given the framework that this tab showed last,
 * so that the app which is back is the app that left.
 */
export function nameFrameworkOfCallback(): void {
  const query = new URLSearchParams(location.search)
  const shown = toFramework(openStorage('session')?.getItem(KEY) ?? null)
  if (!query.has('state') || query.has(PARAMETER) || shown === undefined || shown === DEFAULT) return
  const named = `${location.search}&${PARAMETER}=${shown}${location.hash}`
  history.replaceState(history.state, '', named)
}

/** Remembers, in this tab, which framework is shown. */
export function keepFramework(framework: Framework): void {
  openStorage('session')?.setItem(KEY, framework)
}

function toFramework(name: string | null): Framework | undefined {
  return FRAMEWORKS.find((framework) => framework === name)
}
