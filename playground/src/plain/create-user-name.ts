import type { DemoContext } from '../demo-app'
import { toDisplayName } from '../display-name'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'
import { nameRenders } from '../name-renders'

/** A leaf that reads one claim. How often it is written is counted and shown: a refresh must not add to it. */
export function createUserName({ auth }: DemoContext, signal: AbortSignal): HTMLElement {
  const leaf = createElement('span', { 'data-testid': 'user-name' })
  const readName = (): string => {
    const { user } = auth.getSnapshot()
    return user === null ? '' : toDisplayName(user)
  }
  const show = (name: string): void => {
    leaf.textContent = name
    nameRenders.add()
  }
  watch(auth.subscribe, readName, show, signal)
  return leaf
}
