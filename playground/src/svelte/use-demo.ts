import { createContext } from 'svelte'
import type { DemoContext } from '../demo-app'

/** What the page gives to the app, beside the client. */
export const [useDemo, setDemo] = createContext<Pick<DemoContext, 'issuer' | 'attempt'>>()
