import { CHUNKS, type Chunks } from '../../src/client/load-chunks.js'

type Fate = 'comes' | 'fails' | 'hangs'

/** Chunks of which life comes when a test says so. */
export interface LateLife {
  readonly chunks: Chunks
  /** What happens to it from now on; who still waits is told as well. */
  readonly set: (fate: Fate) => void
  /** How often it was asked for. */
  readonly asked: () => number
}

export function lateLife(first: Fate): LateLife {
  let fate = first
  let asked = 0
  const waiting = new Set<() => void>()
  const loadLife: Chunks['loadLife'] = () => {
    asked++
    return new Promise((resolve, reject) => {
      const decide = (): void => {
        if (fate === 'comes') CHUNKS.loadLife().then(resolve, reject)
        if (fate === 'fails') reject(new TypeError('Failed to fetch dynamically imported module'))
      }
      waiting.add(decide)
      decide()
    })
  }
  return {
    chunks: { ...CHUNKS, loadLife },
    set: (next) => {
      fate = next
      for (const decide of waiting) decide()
    },
    asked: () => asked,
  }
}
