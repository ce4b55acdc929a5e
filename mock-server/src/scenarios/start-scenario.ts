import type { Authority } from '../authority.js'
import type { ActiveFault, FaultEngine } from '../faults/fault-engine.js'
import { scenarioCatalogue, type Scenario, type ScenarioCatalogue } from './scenario-catalogue.js'

/** The name of a scenario. */
export type ScenarioName = keyof ScenarioCatalogue

/** What a scenario can be told. */
export type ScenarioParameters<N extends ScenarioName> = ScenarioCatalogue[N]['defaults']

/** A scenario that is under way. `using` ends it at the end of the block. */
export interface ActiveScenario {
  readonly name: ScenarioName
  /** The faults it is made of, in the order they were switched on. */
  readonly faults: readonly ActiveFault[]
  /** Switches its faults off. What had happened before the next request is not undone. */
  remove(): void
  [Symbol.dispose](): void
}

/** One line of the scenarios as data. */
export interface ScenarioEntry extends Pick<Scenario, 'summary' | 'steps' | 'expect'> {
  readonly name: ScenarioName
  readonly case: string | undefined
  readonly parameters: Readonly<Record<string, unknown>>
}

/** The scenarios as data. */
export const scenarios: readonly ScenarioEntry[] = (
  Object.entries(scenarioCatalogue) as [ScenarioName, Scenario][]
).map(([name, { summary, steps, expect, defaults, ...rest }]) => ({
  name,
  summary,
  steps,
  expect,
  case: rest.case,
  parameters: { ...defaults },
}))

/** Lets a scenario begin. */
export function startScenario(
  name: ScenarioName,
  given: object,
  authority: Authority,
  engine: FaultEngine,
): ActiveScenario {
  const scenario: Scenario = scenarioCatalogue[name]
  const parameters = { ...scenario.defaults, ...given }
  scenario.begin?.(authority, parameters)
  const active = scenario
    .faults(parameters)
    .map((fault) =>
      engine.addNamed(fault.name, fault.parameters ?? {}, fault.match ?? {}, fault.isOptional ?? false),
    )
  const remove = (): void => {
    for (const fault of active) fault.remove()
  }
  return { name, faults: active, remove, [Symbol.dispose]: remove }
}
