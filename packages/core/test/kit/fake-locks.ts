interface Held {
  readonly name: string
  readonly mode: LockMode
  readonly owner: object
}

interface Waiting extends Held {
  readonly grant: () => void
}

/** One browser's lock manager: exclusive and shared locks, `ifAvailable`, `signal`, `query`, release with the tab. */
export class FakeLocks {
  #held: Held[] = []
  #waiting: Waiting[] = []

  /** The `navigator.locks` of one tab. */
  forTab(owner: object): LockManager {
    const request = (name: string, ...rest: unknown[]): Promise<unknown> => {
      const callback = rest.at(-1) as (lock: Lock | null) => unknown
      const options = (rest.length > 1 ? rest[0] : {}) as LockOptions
      return this.#request({ name, mode: options.mode ?? 'exclusive', owner }, options, callback)
    }
    return { request, query: async () => this.#query() } as LockManager
  }

  /** The tab is gone: its locks are free. */
  release(owner: object): void {
    this.#held = this.#held.filter((lock) => lock.owner !== owner)
    this.#waiting = this.#waiting.filter((lock) => lock.owner !== owner)
    this.#grantNext()
  }

  async #request(
    lock: Held,
    options: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ): Promise<unknown> {
    await Promise.resolve()
    if (options.ifAvailable && !this.#isFree(lock)) return callback(null)
    await this.#wait(lock, options.signal)
    try {
      return await callback({ name: lock.name, mode: lock.mode })
    } finally {
      this.#held = this.#held.filter((held) => held !== lock)
      this.#grantNext()
    }
  }

  #wait(lock: Held, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { ...lock, grant: () => (this.#held.push(lock), resolve()) }
      signal?.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter((entry) => entry !== waiting)
        reject(new DOMException('The request was aborted', 'AbortError'))
      })
      this.#waiting.push(waiting)
      this.#grantNext()
    })
  }

  #grantNext(): void {
    for (const waiting of [...this.#waiting]) {
      if (!this.#isFree(waiting) || this.#isQueued(waiting)) continue
      this.#waiting = this.#waiting.filter((entry) => entry !== waiting)
      waiting.grant()
    }
  }

  #isFree({ name, mode }: Held): boolean {
    return !this.#held.some(
      (held) => held.name === name && (mode === 'exclusive' || held.mode === 'exclusive'),
    )
  }

  #isQueued(waiting: Waiting): boolean {
    const first = this.#waiting.find(({ name }) => name === waiting.name)
    return (
      first !== undefined && first !== waiting && (first.mode === 'exclusive' || waiting.mode === 'exclusive')
    )
  }

  #query(): LockManagerSnapshot {
    return { held: this.#held.map(({ name, mode }) => ({ name, mode })), pending: [] }
  }
}
