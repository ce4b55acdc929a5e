import { inject, type InjectionKey } from 'vue'
import type { DemoContext } from '../demo-app'

type DemoValue = Pick<DemoContext, 'issuer' | 'attempt'>

export const DEMO: InjectionKey<DemoValue> = Symbol('demo')

/** What the page gives to the app, beside the client. */
export function useDemo(): DemoValue {
  const demo = inject(DEMO)
  if (demo === undefined) throw new Error('useDemo() is for components of an app that provides DEMO')
  return demo
}
