import type { PageName, PageProps } from '@spatio-labs/binding-contract'
import {
  defineComponent,
  h,
  onErrorCaptured,
  shallowRef,
  Suspense,
  type Component,
  type VNodeChild,
} from 'vue'
import {
  RequireAuth,
  SignedIn,
  SignedOut,
  useSpatioAuth,
  type Authenticated,
  type User,
} from '../../src/index.js'

type Props = Pick<PageProps, 'onRender'>

/** The pages of the binding contract; the plugin is installed by the driver. */
export const PAGES: Record<Exclude<PageName, 'two-clients'>, (props: Props) => Component> = {
  reader: ({ onRender }) => {
    const Reader = toReader(onRender)
    return () => [h(Reader), h(DestructuringReader), h(Status)]
  },
  activity: () =>
    defineComponent(() => {
      const { activity } = useSpatioAuth()
      return () => h('p', { 'data-expiry': '' }, activity.value.expiresAt ?? '')
    }),
  gates: () => () => [
    h(SignedIn, null, {
      loading: () => 'wait',
      fallback: () => 'nobody',
      default: ({ user }: { user: User }) => user.name,
    }),
    ' ',
    h(SignedIn, { when: isWriter }, { default: () => 'writer' }),
    h(SignedOut, null, { default: () => 'out' }),
  ],
  guarded: () => () => h(Boundary, null, { default: () => h(Guarded) }),
  suspended: () => () => h(Suspense, null, { default: () => h(Suspended), fallback: () => 'waiting' }),
  'no-provider': ({ onRender }) => toReader(onRender),
}

function isWriter({ scopes }: Authenticated): boolean {
  return scopes.includes('write:*')
}

function toReader(onRender: (user: User | null) => void): Component {
  return defineComponent(() => {
    const { state } = useSpatioAuth()
    return () => {
      onRender(state.value.user)
      return h('p', { 'data-reader': '' }, state.value.user?.name)
    }
  })
}

const DestructuringReader = defineComponent(() => {
  const { user } = useSpatioAuth()
  return () => h('p', { 'data-reader': '' }, user.value?.name)
})

const Status = defineComponent(() => {
  const { status } = useSpatioAuth()
  return () => h('p', { 'data-status': '' }, status.value)
})

const Suspended = defineComponent({
  async setup() {
    const { ready, user } = useSpatioAuth()
    await ready()
    return () => h('p', user.value?.name)
  },
})

const Guarded = defineComponent(() => {
  const when = ({ scopes }: Authenticated): boolean => scopes.includes('email')
  return (): VNodeChild =>
    h(
      RequireAuth,
      { returnTo: '/notes', when },
      {
        default: ({ user }: { user: User }) => user.name,
        loading: () => 'loading',
        redirecting: () => 'redirecting',
        forbidden: () => 'forbidden',
        signedOut: () => 'signed-out',
      },
    )
})

const Boundary = defineComponent((_props, { slots }) => {
  const { retry } = useSpatioAuth()
  const code = shallowRef<string | null>(null)
  onErrorCaptured((error) => {
    code.value = (error as { code?: string }).code ?? 'unknown'
    return false
  })
  const again = async (): Promise<void> => {
    await retry()
    code.value = null
  }
  return () =>
    code.value === null
      ? slots['default']?.()
      : h('p', [code.value, h('button', { onClick: again }, 'Try again')])
})
