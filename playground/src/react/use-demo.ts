import { createContext, useContext } from 'react'
import type { DemoContext } from '../demo-app'

type DemoValue = Pick<DemoContext, 'issuer' | 'attempt'>

export const Demo = createContext<DemoValue | null>(null)

/** What the page gives to the app, beside the client. */
export function useDemo(): DemoValue {
  const demo = useContext(Demo)
  if (demo === null) throw new Error('useDemo() is for components below <Demo>')
  return demo
}
