import type { SpatioAuth } from '@spatio-labs/auth'

/** When one view replaces another, moves the focus to its heading: the button that had it is gone. */
export function moveFocusToNewView(auth: SpatioAuth): void {
  let before = auth.getSnapshot().status
  auth.subscribe(() => {
    const { status } = auth.getSnapshot()
    const isNewView = before !== 'loading' && before !== status
    before = status
    if (!isNewView) return
    // After the frameworks have drawn it: they do so in a microtask.
    setTimeout(() => document.querySelector<HTMLElement>('#main-heading')?.focus({ preventScroll: true }))
  })
}
