/** Turns of the event loop without pending work after which nothing more can happen by itself. */
const QUIET_TURNS = 8

let pending = 0

// WebCrypto is the only work here that runs beside the event loop: the network is in process, the time is fake.
for (const name of [
  'decrypt',
  'deriveKey',
  'digest',
  'encrypt',
  'exportKey',
  'importKey',
  'sign',
  'verify',
] as const) {
  const original = SubtleCrypto.prototype[name] as (...args: unknown[]) => Promise<unknown>
  Object.defineProperty(SubtleCrypto.prototype, name, {
    configurable: true,
    writable: true,
    value: function track(this: SubtleCrypto, ...args: unknown[]) {
      pending++
      return original.apply(this, args).finally(() => pending--)
    },
  })
}

/** Lets everything happen that can happen without time passing. */
export async function flush(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet = pending === 0 ? quiet + 1 : 0) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}
