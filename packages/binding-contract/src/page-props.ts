import type { SpatioAuth, User } from '@spatio-labs/auth'
import type { PageProps } from './binding-driver.js'

/** Props that keep what the leaf of `reader` was rendered with. */
export function watchLeaf(client: SpatioAuth): {
  readonly props: PageProps
  readonly users: (User | null)[]
} {
  const users: (User | null)[] = []
  return { props: { client, onRender: (user) => void users.push(user) }, users }
}

/** The text of the page as somebody sees it. */
export function textOf(container: HTMLElement): string {
  return (container.textContent ?? '').replace(/\s+/g, ' ').trim()
}
