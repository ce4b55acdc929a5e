import { toGate, type Authenticated, type User } from '@spatio-labs/auth'
import { computed, defineComponent, type DefineSetupFnComponent, type SlotsType, type VNodeChild } from 'vue'
import { useSpatioAuth } from './use-spatio-auth.js'

interface SignedInProps {
  /** What the signed-in user must fulfil beside being signed in. @default nothing */
  readonly when?: ((state: Authenticated) => boolean) | undefined
}

type SignedInSlots = SlotsType<{
  default: { user: User }
  /** For who is not signed in, or does not fulfil `when`. */
  fallback: Record<never, never>
  /** Before the session is restored. */
  loading: Record<never, never>
}>

/**
 * Shows its slot to who is signed in: `<SignedIn v-slot="{ user }">`. It only hides: the data behind it needs the
 * server's own check.
 * @throws SpatioAuthError `plugin_missing` in an app without the plugin
 */
export const SignedIn: DefineSetupFnComponent<
  SignedInProps,
  Record<never, never>,
  SignedInSlots
> = defineComponent(
  (props: SignedInProps, { slots }) => {
    const { state } = useSpatioAuth()
    const gate = computed(() => toGate(state.value, props.when))
    return (): VNodeChild => {
      const { value } = gate
      if (value.kind === 'open') return slots.default?.({ user: value.user })
      return slots[value.kind === 'loading' ? 'loading' : 'fallback']?.({})
    }
  },
  { name: 'SignedIn', props: ['when'], slots: Object as SignedInSlots },
)
