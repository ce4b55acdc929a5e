import type { FaultPicker } from '../pipeline/pipeline.js'
import { faults } from './catalogue.js'
import type { FaultEngine } from './fault-engine.js'
import { isFaultName } from './fault-order.js'

/** A picker over the catalogue. What is picked need not be met: a person may change their mind. */
export function createFaultPicker(engine: FaultEngine): FaultPicker {
  return {
    names: faults.map(({ name }) => name).filter(engine.canAdd),
    choose: (name, clientId) => {
      if (!isFaultName(name) || !engine.canAdd(name)) return false
      engine.addNamed(name, {}, { client: clientId, times: 1 }, true)
      return true
    },
  }
}
