import { createTestAuth } from '@spatio-labs/auth/testing'
import type { BindingDriver, MountedPage, PageName, PageProps } from '@spatio-labs/binding-contract'
import { vi } from 'vitest'
import { createApp, createSSRApp, nextTick, type App } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createSpatioAuthPlugin } from '../../src/index.js'
import { PAGES } from './pages.js'

/** How Vue renders the pages of the binding contract. */
export const vueDriver: BindingDriver = {
  name: 'Vue',
  missingCode: 'plugin_missing',
  mount: async (page, props) => mount(createPage(createApp, page, props), document.createElement('div'), []),
  renderOnServer: () => {
    const client = createTestAuth({ status: 'loading' })
    return renderToString(createPage(createSSRApp, 'gates', { client, onRender: () => undefined }))
  },
  hydrate: async (html, props) => {
    const container = document.createElement('div')
    container.innerHTML = html
    const problems: unknown[] = []
    const spies = (['warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((problem) => void problems.push(problem)),
    )
    const page = await mount(createPage(createSSRApp, 'gates', props), container, problems)
    for (const spy of spies) spy.mockRestore()
    return page
  },
  act: async (work) => {
    await work()
    await nextTick()
  },
}

function createPage(create: typeof createApp, page: PageName, props: PageProps): App {
  const app = create(PAGES[page === 'two-clients' ? 'reader' : page](props))
  // As the default would, but without a word on the console.
  app.config.errorHandler = (error) => {
    throw error
  }
  app.config.warnHandler = (message) => {
    if (message.includes('Hydration')) console.warn(message)
  }
  if (page !== 'no-provider') app.use(createSpatioAuthPlugin(props.client))
  if (page === 'two-clients') app.use(createSpatioAuthPlugin(createTestAuth()))
  return app
}

async function mount(app: App, container: HTMLElement, problems: unknown[]): Promise<MountedPage> {
  document.body.append(container)
  app.mount(container)
  await nextTick()
  const unmount = (): void => {
    app.unmount()
    container.remove()
  }
  return { container, problems, unmount }
}
