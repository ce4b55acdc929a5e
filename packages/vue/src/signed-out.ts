import { defineComponent, type DefineSetupFnComponent, type SlotsType, type VNodeChild } from 'vue'
import { useSpatioAuth } from './use-spatio-auth.js'

type SignedOutSlots = SlotsType<{
  default: Record<never, never>
  /** Before the session is restored. */
  loading: Record<never, never>
}>

/**
 * Shows its slot when nobody is signed in, after a failed sign-in too.
 * @throws SpatioAuthError `plugin_missing` in an app without the plugin
 */
export const SignedOut: DefineSetupFnComponent<
  Record<never, never>,
  Record<never, never>,
  SignedOutSlots
> = defineComponent(
  (_props: Record<never, never>, { slots }) => {
    const { status } = useSpatioAuth()
    return (): VNodeChild => {
      if (status.value === 'authenticated') return null
      return slots[status.value === 'loading' ? 'loading' : 'default']?.({})
    }
  },
  { name: 'SignedOut', slots: Object as SignedOutSlots },
)
