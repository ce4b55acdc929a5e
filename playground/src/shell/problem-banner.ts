import type { SpatioAuth } from '@spatio-labs/auth'
import { describeProblem } from '../describe-problem'
import { createActionButton } from '../dom/create-action-button'
import { createElement } from '../dom/create-element'
import { watch } from '../dom/watch'
import calmSign from './calm-sign.svg?raw'
import problemSign from './problem-sign.svg?raw'
import type { Problems } from './problems'

/** What went wrong and what to do about it; empty while nothing did. */
export function createProblemBanner(auth: SpatioAuth, problems: Problems): HTMLElement {
  const place = createElement('div', { class: 'problem-place' })
  let isSignedIn = auth.getSnapshot().isAuthenticated
  const show = (error: unknown): void => {
    isSignedIn = auth.getSnapshot().isAuthenticated
    place.replaceChildren(...(error === null ? [] : [createBanner(auth, problems, error)]))
  }
  watch(problems.subscribe, problems.get, show)
  // The same problem has other words for who is still signed in.
  auth.subscribe(() => {
    if (auth.getSnapshot().isAuthenticated !== isSignedIn) show(problems.get())
  })
  return place
}

function createBanner(auth: SpatioAuth, problems: Problems, error: unknown): HTMLElement {
  const problem = describeProblem(error)
  const { isAuthenticated } = auth.getSnapshot()
  const sign = createElement('span', { class: 'problem-sign-place' })
  sign.innerHTML = problem.isCalm ? calmSign : problemSign
  const dismiss = createElement(
    'button',
    { type: 'button', class: 'button', 'data-kind': 'plain', onclick: problems.dismiss },
    'Dismiss',
  )
  return createElement(
    'section',
    {
      class: 'problem',
      'data-calm': String(problem.isCalm),
      role: 'alert',
      'aria-labelledby': 'problem-title',
    },
    sign,
    createElement(
      'div',
      { class: 'problem-text' },
      createElement('h2', { id: 'problem-title' }, problem.title),
      createElement('p', {}, isAuthenticated ? `${problem.advice} You are still signed in.` : problem.advice),
      createElement('p', { class: 'problem-fact' }, problem.fact),
    ),
    createElement('div', { class: 'problem-actions' }, ...createRemedies(auth, problems, error), dismiss),
  )
}

function createRemedies(auth: SpatioAuth, problems: Problems, error: unknown): readonly HTMLElement[] {
  const { remedy } = describeProblem(error)
  const { isAuthenticated, error: stateError } = auth.getSnapshot()
  const button = (label: string, run: () => Promise<unknown>): HTMLElement =>
    createActionButton(problems, { label, kind: 'primary', run })
  if (remedy === 'sign-in' && !isAuthenticated) return [button('Sign in again', () => auth.signIn())]
  // What the client itself failed at is repeated by retry(); what a button started, by that button.
  if (remedy === 'retry' && error === stateError) return [button('Try again', auth.retry)]
  if (remedy === 'retry' && !isAuthenticated) return [button('Try again', () => auth.signIn())]
  return []
}
