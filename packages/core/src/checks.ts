import type { FrontOptions } from './options.js'

/** Production: whatever would speak to the authority checks the options first. Development: `checks.development.ts`. */
export function checkOptions(_options: FrontOptions): void {
  // Nothing is sent by the front alone that they could spoil.
}
