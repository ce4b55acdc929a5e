import { expect, it } from 'vitest'
import { keepEqual } from '../../src/session/keep-equal.js'

it('keeps the earlier object while both say the same', () => {
  const [earlier, equal, other] = [{ sub: 'usr_1' }, { sub: 'usr_1' }, { sub: 'usr_2' }]
  expect(keepEqual(earlier, equal)).toBe(earlier)
  expect(keepEqual(earlier, other)).toBe(other)
})
