import { createSpatioAuth, type SessionStorage } from '@spatio-labs/auth'

declare const keyStore: {
  read: (name: string) => Promise<string | null>
  write: (name: string, value: string) => Promise<void>
  erase: (name: string) => Promise<void>
}

const nativeKeyStore: SessionStorage = {
  get: (key) => keyStore.read(key),
  set: (key, value) => keyStore.write(key, value),
  remove: (key) => keyStore.erase(key),
}

export const auth = createSpatioAuth({ clientId: 'app_123', storage: nativeKeyStore })
