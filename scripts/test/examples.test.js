import { describe, expect, it } from 'vitest'
import { useTarballs } from '../examples/build-example.js'
import { listExamples } from '../examples/example-list.js'

describe('the examples', () => {
  it('are installed from the tarballs, also where one of our packages asks for another', () => {
    const packed = [
      { name: '@spatio-labs/auth', tarball: '/tmp/a b/auth.tgz' },
      { name: '@spatio-labs/auth-vue', tarball: '/tmp/a b/auth-vue.tgz' },
    ]
    const manifest = { name: 'app', dependencies: { '@spatio-labs/auth-vue': 'latest', vue: '3.5.45' } }
    expect(useTarballs(manifest, packed)).toEqual({
      name: 'app',
      dependencies: { '@spatio-labs/auth-vue': 'file:///tmp/a%20b/auth-vue.tgz', vue: '3.5.45' },
      overrides: {
        '@spatio-labs/auth': 'file:///tmp/a%20b/auth.tgz',
        '@spatio-labs/auth-vue': 'file:///tmp/a%20b/auth-vue.tgz',
      },
    })
  })

  it('come back to /callback, but for the pages that have no routes', () => {
    const callbacks = Object.fromEntries(listExamples().map(({ name, callback }) => [name, callback]))
    expect(callbacks).toMatchObject({ 'react-router': '/callback', next: '/callback', 'vite-ts': '/' })
  })
})
