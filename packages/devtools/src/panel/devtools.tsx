import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { openTabStorage } from '../tab-storage.js'
import type { DevtoolsContext } from './devtools-context.js'
import { Launcher } from './launcher.js'
import { Panel } from './panel.js'
import { keepView, readView, type PanelView } from './panel-view.js'
import { useTabRoll } from './use-tab-roll.js'

/** The launcher in the corner and the panel it opens, or the panel alone where it is docked. */
export function Devtools({ context }: { readonly context: DevtoolsContext }): JSX.Element {
  const isDocked = context.target !== undefined
  const [view, setView] = useState(() => readView(openTabStorage()))
  const roll = useTabRoll(context.auth)
  const launcher = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLElement>(null)
  const change = (next: PanelView): void => {
    setView(next)
    keepView(openTabStorage(), next)
  }
  const toggle = (isOpen: boolean): void => {
    change({ ...view, isOpen })
    // What is opened gets the focus, and what opened it gets it back.
    requestAnimationFrame(() => (isOpen ? panel.current : launcher.current)?.focus())
  }
  const isShown = isDocked || view.isOpen
  const closeByEscape = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape' && !isDocked && view.isOpen) toggle(false)
  }
  return (
    <div class={isDocked ? 'docked' : 'corner'} onKeyDown={closeByEscape}>
      {!isDocked && (
        <Launcher auth={context.auth} isOpen={view.isOpen} onToggle={toggle} buttonRef={launcher} />
      )}
      {isShown && (
        <Panel
          context={context}
          roll={roll}
          tab={view.tab}
          onTab={(tab) => change({ ...view, tab })}
          onClose={isDocked ? undefined : () => toggle(false)}
          panelRef={panel}
        />
      )}
    </div>
  )
}
