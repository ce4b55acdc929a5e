/** Markup that is safe to send: made by `html`, never by hand. */
export interface Html {
  readonly text: string
}

/** What a template may hold: text is escaped, markup is kept, lists are joined, nothing is nothing. */
export type HtmlPart = string | number | Html | undefined | readonly HtmlPart[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template whose holes are escaped for text and for quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  return { text: strings.reduce((text, literal, index) => text + toText(parts[index - 1]) + literal) }
}

function toText(part: HtmlPart): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') {
    return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? '')
  }
  if (isList(part)) return part.map(toText).join('')
  return part.text
}

function isList(part: Html | readonly HtmlPart[]): part is readonly HtmlPart[] {
  return Array.isArray(part)
}
