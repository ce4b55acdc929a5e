/** A Storage that tests can fill, block and break. */
export class FakeStorage implements Storage {
  readonly #items = new Map<string, string>()
  readonly #onChange: (key: string | null, newValue: string | null) => void
  /** Thrown by every write, such as a QuotaExceededError. */
  writeError: Error | null = null

  constructor(
    items: Iterable<readonly [string, string]> = [],
    onChange: (key: string | null, newValue: string | null) => void = () => undefined,
  ) {
    for (const [key, value] of items) this.#items.set(key, value)
    this.#onChange = onChange
    return new Proxy(this, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value
      },
      // A browser's Storage has its keys as its own members.
      ownKeys: (target) => [...target.#items.keys()],
      getOwnPropertyDescriptor: (target, name) => {
        const value = typeof name === 'string' ? target.#items.get(name) : undefined
        return value === undefined
          ? undefined
          : { value, enumerable: true, configurable: true, writable: true }
      },
    })
  }

  get length(): number {
    return this.#items.size
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null
  }

  setItem(key: string, value: string): void {
    if (this.writeError !== null) throw this.writeError
    this.#items.set(key, value)
    this.#onChange(key, value)
  }

  removeItem(key: string): void {
    if (!this.#items.delete(key)) return
    this.#onChange(key, null)
  }

  clear(): void {
    this.#items.clear()
    this.#onChange(null, null)
  }

  /** What a duplicated tab copies, and what a test inspects. */
  entries(): [string, string][] {
    return [...this.#items]
  }
}
