/** What a check found, in words that name what was seen, and what to do about it. */
export type Finding =
  | { readonly status: 'passed'; readonly detail: string }
  /** It works, but not everything will. */
  | { readonly status: 'warned'; readonly detail: string; readonly fix: string }
  | { readonly status: 'failed'; readonly detail: string; readonly fix: string }
  /** Not looked at: something is missing that it needs. */
  | { readonly status: 'skipped'; readonly detail: string }

export const passed = (detail: string): Finding => ({ status: 'passed', detail })
export const warned = (detail: string, fix: string): Finding => ({ status: 'warned', detail, fix })
export const failed = (detail: string, fix: string): Finding => ({ status: 'failed', detail, fix })
export const skipped = (detail: string): Finding => ({ status: 'skipped', detail })
