import type { Client } from './main.js'

declare global {
  interface Window {
    /** What the tab's client can do, for whoever asks from outside. */
    bench: Client & { measureRate(milliseconds: number): Promise<number> }
  }
}
