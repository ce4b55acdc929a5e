import { createTestAuth } from '@spatio-labs/auth/testing'
import type { BindingDriver, MountedPage } from '@spatio-labs/binding-contract'
import { act, render } from '@testing-library/react'
import { version, type ReactNode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { vi } from 'vitest'
import { PAGES } from './pages.js'

/** How React renders the pages of the binding contract. */
export const reactDriver: BindingDriver = {
  name: `React ${version}`,
  missingCode: 'provider_missing',
  mount: async (page, props) => {
    const Page = PAGES[page]
    // React tells of every error that it hands to a boundary or throws.
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    try {
      const { container, unmount } = await act(async () => render(<Page {...props} />))
      return { container, problems: [], unmount }
    } finally {
      log.mockRestore()
    }
  },
  renderOnServer: async () => {
    const client = createTestAuth({ status: 'loading' })
    return renderToString(<PAGES.gates client={client} onRender={() => undefined} />)
  },
  hydrate: async (html, props) => hydrate(html, <PAGES.gates {...props} />),
  act: async (work) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await act(async () => void (await work()))
    log.mockRestore()
  },
}

async function hydrate(html: string, page: ReactNode): Promise<MountedPage> {
  const container = document.createElement('div')
  document.body.append(container)
  container.innerHTML = html
  const problems: unknown[] = []
  const options = { onRecoverableError: (error: unknown) => void problems.push(error) }
  const root = await act(async () => hydrateRoot(container, page, options))
  const unmount = () => {
    root.unmount()
    container.remove()
  }
  return { container, problems, unmount }
}
