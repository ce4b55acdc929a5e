import type { SpatioAuthErrorCode } from './error-code.js'

/** Production: the code and where it is explained. The sentences are in `messages.development.ts`. */
export function describeError(code: SpatioAuthErrorCode, _detail: string | undefined, docs: string): string {
  return `${code} (${docs})`
}
