// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { createMock, toAuthorizeQuery } from './support/flow.js'

it('signs in where Request and Response are a DOM library’s, which drops cookie headers', async () => {
  const mock = createMock()
  expect(new Response(null, { headers: { 'set-cookie': 'a=1' } }).headers.getSetCookie()).toEqual([])
  const browser = mock.browser()
  const url = `${mock.issuer}/oauth2/authorize?${toAuthorizeQuery()}`
  expect((await browser.signIn(url)).searchParams.get('code')).toMatch(/^cod_/)
  expect((await browser.signIn(`${url}&prompt=none`)).searchParams.get('code')).toMatch(/^cod_/)
})
