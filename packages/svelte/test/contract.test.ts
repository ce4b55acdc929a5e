// @vitest-environment happy-dom
import { describeBinding } from '@spatio-labs/binding-contract'
import { svelteDriver } from './kit/driver.js'

describeBinding(svelteDriver)
