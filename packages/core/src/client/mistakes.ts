import type { Front } from './front.js'

/** Production: nothing is looked for. What development tells is in `mistakes.development.ts`. */
export function tellMistakes(_front: Front): void {}
