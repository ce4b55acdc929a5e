import { mount, unmount } from 'svelte'
import type { MountApp } from '../demo-app'
import App from './app.svelte'

export const mountApp: MountApp = (element, context) => {
  const app = mount(App, { target: element, props: { context } })
  return () => void unmount(app)
}
