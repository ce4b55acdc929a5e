export type { BindingDriver, MountedPage, PageName, PageProps } from './binding-driver.js'
export { countSubscriptions, type CountedClient } from './count-subscriptions.js'
export { describeBinding } from './describe-binding.js'
export { createMockAuthority, type MockAuthority } from './mock-authority.js'
