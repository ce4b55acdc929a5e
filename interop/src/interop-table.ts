import { faults } from '@spatio-labs/mock-server'
import { clientLibraries } from './client-libraries.js'
import { tryFault, type Outcome } from './fault-trial.js'
import { callbackFaults, idTokenFaults, positiveControls, type TableFault } from './table-faults.js'

/** One fault and what each client made of it, in the order of the columns. */
export interface InteropRow {
  readonly fault: TableFault
  readonly outcomes: readonly Outcome[]
}

/** A part of the table under a heading of its own. */
export interface InteropSection {
  readonly title: string
  readonly rows: readonly InteropRow[]
}

const sections = [
  { title: 'The id_token', faults: idTokenFaults },
  { title: 'The answer the browser brings back', faults: callbackFaults },
  { title: 'What must be accepted', faults: positiveControls },
]

/** Lets every client sign in under every fault, or under those that are chosen. All take some ten seconds. */
export async function runInteropTable(
  isChosen: (fault: TableFault) => boolean = () => true,
): Promise<InteropSection[]> {
  const result: InteropSection[] = []
  for (const { title, faults: rows } of sections) {
    const done: InteropRow[] = []
    for (const fault of rows.filter(isChosen)) done.push(await runRow(fault))
    result.push({ title, rows: done })
  }
  return result
}

async function runRow(fault: TableFault): Promise<InteropRow> {
  const outcomes: Outcome[] = []
  for (const library of clientLibraries) outcomes.push(await tryFault(library, fault))
  return { fault, outcomes }
}

/** The section as a Markdown table; what departs from the expectation of the catalogue is bold. */
export function toMarkdown({ title, rows }: InteropSection): string {
  const lines = rows.map(({ fault, outcomes }) => {
    const { summary, expect } = findEntry(fault)
    const wanted: Outcome | undefined =
      expect === 'tolerate' ? 'accepts' : expect === 'either' ? undefined : 'refuses'
    const cells = outcomes.map((outcome) => toCell(outcome, wanted))
    return `| \`${fault.name}\` | ${[summary, ...cells].join(' | ')} |`
  })
  const names = clientLibraries.map(({ name }) => name)
  const rule = '| --- '.repeat(names.length + 2)
  return [`## ${title}`, '', `| fault | what is wrong | ${names.join(' | ')} |`, `${rule}|`, ...lines].join(
    '\n',
  )
}

function toCell(outcome: Outcome, wanted: Outcome | undefined): string {
  if (outcome === 'nothing') return '–'
  return wanted === undefined || outcome === wanted ? outcome : `**${outcome}**`
}

function findEntry({ name }: TableFault): (typeof faults)[number] {
  const entry = faults.find((fault) => fault.name === name)
  if (!entry) throw new Error(`The catalogue has no ${name}`)
  return entry
}
