import { createSpatioAuth, type SpatioAuth } from '@spatio-labs/auth'

/** What the storm asks of a tab from outside. */
export interface StormPage extends Window {
  readonly auth: SpatioAuth
  readonly whereSessionIs: Storage
}

const { storage, ...settings } = JSON.parse(document.documentElement.dataset['settings'] ?? '{}')
const auth = createSpatioAuth({ storage, ...settings })
Object.assign(window, { auth, whereSessionIs: storage === 'local' ? localStorage : sessionStorage })
void auth.ready()
