import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { BindingDriver, MountedPage, PageName, PageProps } from '@spatio-labs/binding-contract'
import { flushSync, hydrate, mount, tick, unmount, type Component } from 'svelte'
import { vi } from 'vitest'
import Activity from '../pages/activity.svelte'
import Gates from '../pages/gates.svelte'
import Guarded from '../pages/guarded.svelte'
import ReaderLeaf from '../pages/reader-leaf.svelte'
import Reader from '../pages/reader.svelte'
import Suspended from '../pages/suspended.svelte'
import TwoClients from '../pages/two-clients.svelte'

const PAGES: Record<PageName, Component<PageProps>> = {
  reader: Reader,
  activity: Activity,
  gates: Gates,
  guarded: Guarded,
  suspended: Suspended,
  'no-provider': ReaderLeaf as Component<PageProps>,
  'two-clients': TwoClients,
}

/** How Svelte renders the pages of the binding contract. */
export const svelteDriver: BindingDriver = {
  name: 'Svelte',
  missingCode: 'provider_missing',
  mount: async (page, props) => show(PAGES[page], props, '', []),
  renderOnServer,
  hydrate: async (html, props) => {
    const problems: unknown[] = []
    const spies = (['warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((problem) => void problems.push(problem)),
    )
    const page = await show(Gates, props, html, problems)
    for (const spy of spies) spy.mockRestore()
    return page
  },
  act: async (work) => {
    await work()
    await tick()
    flushSync()
  },
}

async function show(
  page: Component<PageProps>,
  props: PageProps,
  html: string,
  problems: unknown[],
): Promise<MountedPage> {
  const container = document.createElement('div')
  document.body.append(container)
  container.innerHTML = html
  const begin = html === '' ? mount : hydrate
  const component = begin(page, { target: container, props })
  flushSync()
  const close = (): void => {
    void unmount(component)
    container.remove()
  }
  return { container, problems, unmount: close }
}

/** By Vite's server build in a process of its own: this one runs the client build. */
async function renderOnServer(): Promise<string> {
  const script = join(import.meta.dirname, 'render-on-server.js')
  const { stdout } = await promisify(execFile)(process.execPath, [script])
  return stdout
}
