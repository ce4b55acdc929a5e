import type { SpatioAuth } from '@spatio-labs/auth'
import type { JSX, Ref } from 'preact'
import { STATUS_WORDS, toDoing } from './status.js'
import { useStore } from './use-store.js'

interface LauncherProps {
  readonly auth: SpatioAuth
  readonly isOpen: boolean
  readonly onToggle: (isOpen: boolean) => void
  readonly buttonRef: Ref<HTMLButtonElement>
}

/** The button in the corner: it shows the state, and opens and closes the panel. */
export function Launcher({ auth, isOpen, onToggle, buttonRef }: LauncherProps): JSX.Element {
  const { status } = useStore(auth.subscribe, auth.getSnapshot)
  const activity = useStore(auth.subscribeActivity, auth.getActivity)
  const state = toDoing(activity) || STATUS_WORDS[status]
  return (
    <button
      ref={buttonRef}
      type="button"
      class="launcher"
      aria-expanded={isOpen}
      aria-label={`Spatio devtools: ${state}`}
      title={`Spatio devtools: ${state}`}
      data-status={status}
      data-busy={toDoing(activity) !== ''}
      onClick={() => onToggle(!isOpen)}
    >
      <svg viewBox="3 3 26 26" aria-hidden="true">
        <circle class="orbit" cx="16" cy="16" r="11" />
        <circle class="planet" cx="16" cy="16" r="5" />
        <circle class="moon" cx="24" cy="8.5" r="3.6" />
      </svg>
    </button>
  )
}
