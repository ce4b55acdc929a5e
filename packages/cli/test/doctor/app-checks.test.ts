import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAllowedBy } from '../../src/doctor/source-list.js'
import { openStage, type Stage } from '../kit/stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const csp = (policy: string) => ({ headers: { 'Content-Security-Policy': policy } })

describe('the page at the redirect URI', () => {
  it.each([
    ['is missing', { status: 404 }, /answers 404$/],
    ['is elsewhere', { status: 302, headers: { Location: '/login' } }, /redirects to \/login$/],
    ['fails', { status: 500 }, /answers 500$/],
    ['is no page', { headers: { 'Content-Type': 'application/json' } }, /answers application\/json$/],
  ])('fails the check callback-answers when it %s', async (_what, answer, detail) => {
    using _current = stage.app.answerWith(answer)
    const { exitCode, checks } = await stage.examine()
    expect(checks.get('callback-answers')).toMatchObject({
      status: 'failed',
      detail: expect.stringMatching(detail),
    })
    expect(exitCode).toBe(1)
  })

  it('fails the check callback-answers when nothing listens there, and its headers are not judged', async () => {
    const { checks } = await stage.examine('--redirect-uri', 'http://127.0.0.1:1/')
    expect(checks.get('callback-answers')).toMatchObject({
      status: 'failed',
      fix: expect.stringMatching(/^Start/),
    })
    expect(checks.get('app-csp')).toMatchObject({ status: 'skipped' })
    expect(checks.get('app-coop')).toMatchObject({ status: 'skipped' })
  })
})

describe('the Content-Security-Policy', () => {
  it.each([
    ["default-src 'self'"],
    ["default-src *; connect-src 'self' https://api.example"],
    ["connect-src 'none'"],
    ['connect-src *, connect-src https://api.example'],
  ])('%s fails the check app-csp', async (policy) => {
    using _current = stage.app.answerWith(csp(policy))
    const { checks } = await stage.examine()
    expect(checks.get('app-csp')).toMatchObject({
      status: 'failed',
      fix: `Add ${stage.issuer} to connect-src.`,
    })
  })

  it('fails the check app-csp from within the page too', async () => {
    const tag = `<meta content="connect-src 'self'" http-equiv="Content-Security-Policy">`
    using _current = stage.app.answerWith({ body: `<!doctype html>${tag}` })
    const { checks } = await stage.examine()
    expect(checks.get('app-csp')).toMatchObject({ status: 'failed' })
  })

  it('warns when only a hidden frame is kept out', async () => {
    using _current = stage.app.answerWith(csp(`default-src 'self'; connect-src 'self' ${stage.issuer}`))
    const { exitCode, checks } = await stage.examine()
    expect(checks.get('app-csp')).toMatchObject({
      status: 'warned',
      fix: expect.stringContaining('frame-src'),
    })
    expect(exitCode).toBe(0)
  })

  it('passes when it names the authority for both', async () => {
    const { issuer } = stage
    using _current = stage.app.answerWith(
      csp(`default-src 'self'; connect-src ${issuer}; frame-src ${issuer}`),
    )
    const { checks } = await stage.examine()
    expect(checks.get('app-csp')).toMatchObject({ status: 'passed', detail: `${issuer} is allowed` })
  })
})

describe('the Cross-Origin-Opener-Policy', () => {
  it.each([
    ['same-origin', 'warned'],
    ['same-origin; report-to="coop"', 'warned'],
    ['same-origin-allow-popups', 'passed'],
    ['unsafe-none', 'passed'],
  ])('%s is %s', async (policy, status) => {
    using _current = stage.app.answerWith({ headers: { 'Cross-Origin-Opener-Policy': policy } })
    const { checks } = await stage.examine()
    expect(checks.get('app-coop')).toMatchObject({ status })
  })
})

describe('a source list', () => {
  const page = new URL('https://notes.example/')
  it.each([
    ['*', 'https://api.spatio.app/', true],
    ["'self'", 'https://notes.example/a', true],
    ["'self'", 'https://api.spatio.app/', false],
    ["'none'", 'https://notes.example/', false],
    ['https:', 'https://api.spatio.app/', true],
    ['http:', 'https://api.spatio.app/', true],
    ['wss:', 'https://api.spatio.app/', false],
    ['api.spatio.app', 'https://api.spatio.app/', true],
    ['https://API.spatio.app', 'https://api.spatio.app/', true],
    ['http://api.spatio.app', 'https://api.spatio.app/', true],
    ['http://api.spatio.app:80', 'https://api.spatio.app/', true],
    ['https://api.spatio.app:8443', 'https://api.spatio.app/', false],
    ['https://api.spatio.app:*', 'https://api.spatio.app:8443/', true],
    ['https://api.spatio.app', 'https://api.spatio.app:8443/', false],
    ['*.spatio.app', 'https://api.spatio.app/', true],
    ['*.spatio.app', 'https://spatio.app/', false],
    ['https://api.spatio.app/oauth2/', 'https://api.spatio.app/oauth2/token', true],
    ['https://api.spatio.app/oauth2', 'https://api.spatio.app/oauth2/token', false],
    ['api.spatio.app', 'http://api.spatio.app/', false],
  ])('with %s for %s says %s', (source, url, isAllowed) => {
    expect(isAllowedBy([source], new URL(url), page)).toBe(isAllowed)
  })
})
