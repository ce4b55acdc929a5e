import { toGate, type Authenticated, type SpatioAuthError, type User } from '@spatio-labs/auth'
import {
  computed,
  defineComponent,
  onMounted,
  shallowRef,
  watch,
  type DefineSetupFnComponent,
  type SlotsType,
  type VNodeChild,
} from 'vue'
import { useSpatioAuth } from './use-spatio-auth.js'

interface RequireAuthProps {
  /** Where the user is after the sign-in; same origin only. @default the current URL */
  readonly returnTo?: string | undefined
  /** What the signed-in user must fulfil beside being signed in. @default nothing */
  readonly when?: ((state: Authenticated) => boolean) | undefined
}

type RequireAuthSlots = SlotsType<{
  default: { user: User }
  /** Before the session is restored. */
  loading: Record<never, never>
  /** While the visitor is sent to Spatio. */
  redirecting: Record<never, never>
  /** For who does not fulfil `when`. */
  forbidden: Record<never, never>
  /** After a sign-out on purpose, which is not answered by a redirect. */
  signedOut: Record<never, never>
  /** Without it the error is thrown: `onErrorCaptured` gets it. */
  error: { error: SpatioAuthError; retry: () => void }
}>

/**
 * Shows its slot to who is signed in and sends the others to Spatio, once the stored session has been looked for.
 * It only hides: the data behind it needs the server's own check.
 * @throws SpatioAuthError `plugin_missing` in an app without the plugin; what failed, without an `error` slot
 */
export const RequireAuth: DefineSetupFnComponent<
  RequireAuthProps,
  Record<never, never>,
  RequireAuthSlots
> = defineComponent(
  (props: RequireAuthProps, { slots }) => {
    const { gate, retry } = useGate(props)
    return (): VNodeChild => {
      const { value } = gate
      if (value.kind === 'open') return slots.default?.({ user: value.user })
      if (value.kind !== 'error') return slots[value.kind]?.({})
      if (slots.error === undefined) throw value.error
      return slots.error({ error: value.error, retry })
    }
  },
  { name: 'RequireAuth', props: ['returnTo', 'when'], slots: Object as RequireAuthSlots },
)

/** The gate, and the visitor on their way out where it says so. Nobody is sent away by a server. */
function useGate(props: RequireAuthProps) {
  const auth = useSpatioAuth()
  const problem = shallowRef<SpatioAuthError | null>(null)
  const gate = computed(() => {
    const decided = toGate(auth.state.value, props.when)
    if (decided.kind !== 'redirecting' || problem.value === null) return decided
    return { kind: 'error', error: problem.value } as const
  })
  const send = (): void => {
    if (gate.value.kind !== 'redirecting') return
    const { returnTo } = props
    auth.requireUser(returnTo === undefined ? {} : { returnTo }).catch((error: SpatioAuthError) => {
      problem.value = error
    })
  }
  const retry = (): void => {
    problem.value = null
    // A sign-in that could not start begins again by itself; what else failed is the client's to repeat.
    if (gate.value.kind === 'error') void auth.retry()
  }
  onMounted(send)
  watch(() => gate.value.kind, send)
  return { gate, retry }
}
