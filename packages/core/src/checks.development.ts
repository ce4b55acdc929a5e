import { completeOptions } from './complete-options.js'
import type { FrontOptions } from './options.js'
import { validateUrls } from './secure-url.js'
import { validateOptions } from './validate-options.js'

/** Refuses at once what cannot work. @throws SpatioAuthError `config_invalid`, `insecure_endpoint` */
export function checkOptions(options: FrontOptions): void {
  validateUrls(options)
  validateOptions(completeOptions(options))
}
