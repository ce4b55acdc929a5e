/** A form of one of our pages: what it would post before anybody touches it. */
export interface PageForm {
  /** As written, relative to the page. */
  action: string
  hidden: [string, string][]
  /** What each choice offers, by the name it is posted under: radio buttons and submit buttons. */
  choices: ReadonlyMap<string, readonly string[]>
  /** The radio button that is checked, by name. */
  checked: ReadonlyMap<string, string>
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/**
 * The decision form of a page. The pages are our own (`pages/html.ts` escapes `<`, `>` and quotes in every
 * attribute), so this needs to know no other HTML.
 */
export function findDecisionForm(markup: string): PageForm | undefined {
  const forms = markup.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)
  return [...forms]
    .map(([, start = '', content = '']) => toForm(start, content))
    .find((form) => form.choices.has('decision'))
}

/** What a person reads on a page: without markup, one line per block. */
export function toPageText(markup: string): string {
  const lines = markup
    .replace(/^[\s\S]*<body>/, '')
    .replace(/\s+/g, ' ')
    .replace(/<\/?(?:p|h\d|dl|dd|dt|li|ul|legend|label|button|section|header|footer|form|pre)\b[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .split('\n')
  return lines
    .map((line) => unescape(line).trim())
    .filter((line) => line !== '')
    .join('\n')
}

function toForm(start: string, content: string): PageForm {
  const hidden: [string, string][] = []
  const choices = new Map<string, string[]>()
  const checked = new Map<string, string>()
  for (const [, tag = ''] of content.matchAll(/<(?:input|button)\b([^>]*)>/g)) {
    const name = getAttribute(tag, 'name')
    const value = getAttribute(tag, 'value') ?? ''
    if (name === undefined) continue
    if (getAttribute(tag, 'type') === 'hidden') hidden.push([name, value])
    else choices.set(name, [...(choices.get(name) ?? []), value])
    if (/\schecked\b/.test(tag)) checked.set(name, value)
  }
  return { action: getAttribute(start, 'action') ?? '', hidden, choices, checked }
}

function getAttribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : unescape(value)
}

function unescape(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
}
