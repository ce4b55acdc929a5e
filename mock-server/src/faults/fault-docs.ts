import type { FaultEntry } from './catalogue.js'
import type { ScenarioEntry } from '../scenarios/start-scenario.js'

/** The catalogue as a page of Markdown. */
export function toFaultDocs(faults: readonly FaultEntry[], scenarios: readonly ScenarioEntry[]): string {
  return `# Faults of the mock-server

Made by \`npm run docs:faults\`; do not edit. ${faults.length} faults and ${scenarios.length} scenarios.

\`expect\` is what a good client makes of it, \`budget\` how many requests it may send because of it, \`needs\` what it takes for the full effect. A fault strikes once unless it says \`always\`.

| fault | what is wrong | where | expect | budget | needs | parameters | case | rule | OpenID conformance |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${faults.map(toFaultRow).join('\n')}

## Scenarios

| scenario | what happens | expect | parameters | case |
| --- | --- | --- | --- | --- |
${scenarios.map(toScenarioRow).join('\n')}
`
}

function toFaultRow(fault: FaultEntry): string {
  const { name, summary, stage, scope, expect, budget, needs, times, parameters, spec, oidf } = fault
  const where = [stage, scope.endpoint, scope.grant, scope.method, times === 1 ? undefined : String(times)]
  return toRow([
    `\`${name}\``,
    summary,
    where.filter((part) => part !== undefined).join(' · '),
    expect,
    String(budget),
    needs,
    toParameters(parameters),
    fault.case ?? '',
    spec,
    oidf ?? '',
  ])
}

function toScenarioRow({ name, summary, steps, expect, parameters, ...rest }: ScenarioEntry): string {
  const story = `${summary}: ${steps.join('; ')}`
  return toRow([`\`${name}\``, story, expect, toParameters(parameters), rest.case ?? ''])
}

function toParameters(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([key, value]) => `\`${key}: ${JSON.stringify(value) ?? 'undefined'}\``)
    .join(' ')
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
