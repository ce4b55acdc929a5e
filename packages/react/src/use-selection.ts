'use client'

import type { AuthState, SpatioAuth } from '@spatio-labs/auth'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'

/**
 * A part of the state that renders again only when `isEqual` says it changed. A selector that returns a fresh object
 * is called once per snapshot, so that `useSyncExternalStore` sees one value per snapshot and cannot loop.
 */
export function useSelection<Selection>(
  client: SpatioAuth,
  selector: (state: AuthState) => Selection,
  isEqual: (a: Selection, b: Selection) => boolean,
): Selection {
  const shown = useRef<Shown<Selection> | null>(null)
  const [get, getOnServer] = useMemo(() => {
    // What is shown never depends on this ref: it only lets an equal value keep its identity.
    // eslint-disable-next-line react-hooks/refs -- read by getSnapshot, as React's own with-selector shim does
    const select = createSelect(selector, isEqual, () => shown.current)
    return [() => select(client.getSnapshot()), () => select(client.getServerSnapshot())]
  }, [client, selector, isEqual])
  const value = useSyncExternalStore(client.subscribe, get, getOnServer)
  useEffect(() => {
    shown.current = { value }
  }, [value])
  return value
}

interface Shown<Selection> {
  readonly value: Selection
}

/** `getShown` is what the last commit showed: an inline selector, new in every render, keeps an equal value's identity. */
function createSelect<Selection>(
  selector: (state: AuthState) => Selection,
  isEqual: (a: Selection, b: Selection) => boolean,
  getShown: () => Shown<Selection> | null,
): (state: AuthState) => Selection {
  let last: { readonly state: AuthState; readonly value: Selection } | null = null
  return (state) => {
    if (last?.state === state) return last.value
    const next = selector(state)
    const before = last ?? getShown()
    const value = before !== null && isEqual(before.value, next) ? before.value : next
    last = { state, value }
    return value
  }
}
