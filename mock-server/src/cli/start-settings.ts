import type { ListenOptions } from '../listener.js'
import type { MockServerOptions } from '../mock-server-options.js'

/** The options of a mock that are plain JSON. */
type PlainOptions = Omit<
  MockServerOptions,
  'state' | 'clock' | 'random' | 'ids' | 'subtle' | 'wait' | 'onAnswer' | 'onUnexpectedError'
>

/** What `start` can be told, by flags or by a config file. Paths of a config file are relative to it. */
export interface StartSettings extends PlainOptions, Pick<ListenOptions, 'port' | 'host' | 'force'> {
  /** Path of the file the state is kept in. */
  state?: string
  /** Path of the private key for HTTPS, in PEM. */
  key?: string
  /** Path of its certificate, in PEM. */
  cert?: string
  /** Path of a file that gets the admin's token, for its owner only. */
  adminTokenFile?: string
  /** How requests are logged. @default 'text' */
  log?: 'text' | 'json' | 'none'
  /** Where the clock stands still: a date-time. `now` lets it run, also with a seed. */
  time?: string
}

/** The flags over what the file says; users and clients of both. */
export function mergeSettings(file: StartSettings, flags: StartSettings): StartSettings {
  const merged = { ...file, ...flags }
  const users = [...(file.users ?? []), ...(flags.users ?? [])]
  const clients = [...(file.clients ?? []), ...(flags.clients ?? [])]
  if (users.length > 0) merged.users = users
  if (clients.length > 0) merged.clients = clients
  return merged
}
