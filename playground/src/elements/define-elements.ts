import { ExpiryRing } from './expiry-ring'
import { OrbitMark } from './orbit-mark'
import { OrbitPicture } from './orbit-picture'
import { UserAvatar } from './user-avatar'

/** The elements that the page and all four apps are drawn with. */
const ELEMENTS = {
  'expiry-ring': ExpiryRing,
  'orbit-mark': OrbitMark,
  'orbit-picture': OrbitPicture,
  'user-avatar': UserAvatar,
} as const

type Elements = { [Name in keyof typeof ELEMENTS]: InstanceType<(typeof ELEMENTS)[Name]> }

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface HTMLElementTagNameMap extends Elements {}
}

export function defineElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element)
}
