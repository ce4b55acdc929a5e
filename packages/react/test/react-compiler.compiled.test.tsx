import { render, screen } from '@testing-library/react'
import { createTestAuth } from '@spatio-labs/auth/testing'
import { expect, it } from 'vitest'
import { SpatioAuthProvider, useSpatioAuth } from '../src/index.js'

function Name() {
  const auth = useSpatioAuth()
  return <p>{auth.status === 'authenticated' ? auth.user.name : auth.status}</p>
}

it('shows the name in a component that React Compiler has compiled', async () => {
  expect(String(Name)).toMatch(/\bc\)?\(\d+\)/)
  const client = createTestAuth({ user: { sub: 'usr_mira', name: 'Mira Okafor' } })
  render(<SpatioAuthProvider client={client} children={<Name />} />)
  expect(await screen.findByText('Mira Okafor')).toBeDefined()
})
