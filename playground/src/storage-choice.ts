import { openStorage } from './open-storage'

const KEY = 'spatio-playground.storage'

export const STORAGE_CHOICES = ['session', 'local', 'memory'] as const
export type StorageChoice = (typeof STORAGE_CHOICES)[number]

/** What the visitor chose, else what the demo was started with. It outlives the redirect, as a query would not. */
export function getStorageChoice(preset: string | undefined): StorageChoice {
  const stored = openStorage('local')?.getItem(KEY)
  return STORAGE_CHOICES.find((choice) => choice === stored) ?? toChoice(preset)
}

/** Keeps the choice and builds the client anew: a client's storage is fixed when it is created. */
export function applyStorageChoice(choice: StorageChoice): void {
  openStorage('local')?.setItem(KEY, choice)
  location.reload()
}

function toChoice(preset: string | undefined): StorageChoice {
  return STORAGE_CHOICES.find((choice) => choice === preset) ?? 'session'
}
