// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'

const source = new URL('../src/', import.meta.url)
const names = readdirSync(source)

function read(name: string): string {
  return readFileSync(new URL(name, source), 'utf8')
}

describe('the package', () => {
  it.each(names.filter((name) => name !== 'index.ts'))("%s starts with 'use client'", (name) => {
    expect(read(name)).toMatch(/^'use client'\n/)
  })

  it('has a plain entry that a server module can read', () => {
    expect(read('index.ts')).not.toMatch(/^\s*['"]use client['"]/m)
  })

  it.each(names)('%s never imports `use` by name: it breaks every bundle on React 18', (name) => {
    expect(read(name)).not.toMatch(/import[^;]*[{,\s]use[},\s][^;]*from 'react'/)
  })

  it('shares its context with a second copy on the same page', async () => {
    const first = await import('../src/spatio-auth-context.js')
    vi.resetModules()
    const second = await import('../src/spatio-auth-context.js')
    expect(second).not.toBe(first)
    expect(second.getSpatioAuthContext()).toBe(first.getSpatioAuthContext())
  })

  it('refuses a second copy of another version, and names both', async () => {
    const { getSpatioAuthContext } = await import('../src/spatio-auth-context.js')
    getSpatioAuthContext()
    vi.resetModules()
    vi.doMock('../src/version.js', () => ({ VERSION: '99.0.0' }))
    const other = await import('../src/spatio-auth-context.js')
    expect(() => other.getSpatioAuthContext()).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.stringMatching(/99\.0\.0/) }),
    )
    vi.doUnmock('../src/version.js')
  })

  it('names the version of its package.json', async () => {
    const { VERSION } = await import('../src/version.js')
    const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
    expect(manifest).toMatchObject({ version: VERSION })
  })
})
