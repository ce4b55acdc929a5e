import { flush } from './flush.js'

interface Timer {
  readonly dueAt: number
  readonly callback: () => void
}

/** A wall clock, a monotonic clock and timers that move only when a test says so (ms). */
export class FakeClock {
  #wall: number
  #monotonic = 1000
  readonly #timers = new Set<Timer>()

  constructor(wall: number) {
    this.#wall = wall
  }

  readonly now = (): number => this.#wall
  readonly monotonic = (): number => this.#monotonic

  readonly setTimer = (callback: () => void, delayMs: number): (() => void) => {
    const timer = { dueAt: this.#monotonic + Math.max(0, delayMs), callback }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Lets time pass: runs what falls due on the way, and lets its consequences happen. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms
    await flush()
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.dueAt - b.dueAt).find(({ dueAt }) => dueAt <= end)
      if (next === undefined) break
      this.#move(Math.max(0, next.dueAt - this.#monotonic))
      this.#timers.delete(next)
      next.callback()
      await flush()
    }
    this.#move(end - this.#monotonic)
    await flush()
  }

  /** The wall clock jumps (a sleep, a correction); timers and the monotonic clock do not notice. */
  jump(ms: number): void {
    this.#wall += ms
  }

  /** Timers that wait, for tests that count them. */
  get pendingTimers(): number {
    return this.#timers.size
  }

  #move(ms: number): void {
    this.#monotonic += ms
    this.#wall += ms
  }
}
