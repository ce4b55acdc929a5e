// @vitest-environment happy-dom
import { describeBinding } from '@spatio-labs/binding-contract'
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import { reactDriver } from './kit/driver.js'

afterEach(cleanup)
describeBinding(reactDriver)
