import type { SpatioAuth } from '@spatio-labs/auth'
import { createElement } from '../dom/create-element'
import type { StorageChoice } from '../storage-choice'
import { createStatusPill } from './status-pill'
import { createStorageSwitch } from './storage-switch'

interface PageHeaderOptions {
  readonly auth: SpatioAuth
  readonly storage: StorageChoice
  readonly frameworkSwitch: HTMLElement
}

export function createPageHeader({ auth, storage, frameworkSwitch }: PageHeaderOptions): HTMLElement {
  const name = createElement('span', {}, 'Spatio ', createElement('span', { class: 'brand-part' }, 'sign-in'))
  return createElement(
    'header',
    { class: 'page-header' },
    createElement(
      'a',
      { class: 'brand', href: import.meta.env.BASE_URL },
      createElement('orbit-mark', {}),
      name,
    ),
    createStatusPill(auth),
    createElement('div', { class: 'switches' }, frameworkSwitch, createStorageSwitch(storage)),
  )
}
