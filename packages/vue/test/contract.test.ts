// @vitest-environment happy-dom
import { describeBinding } from '@spatio-labs/binding-contract'
import { vueDriver } from './kit/driver.js'

describeBinding(vueDriver)
