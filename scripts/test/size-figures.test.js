import { expect, it } from 'vitest'
import { findFigureProblems } from '../size-figures.js'

const readme = ['| entry | loaded | size |', '| --- | --- | --- |', '| `front` | at once | 4.9 kB |'].join(
  '\n',
)

it('has nothing against a figure that is the measured one, rounded', () => {
  expect(findFigureProblems(readme, { front: 4949 })).toEqual([])
})

it('says which figure differs, and what was measured', () => {
  expect(findFigureProblems(readme, { front: 5100 })).toEqual([
    'README.md says 4.9 kB of front, which has 5.1 kB',
  ])
})

it('misses a figure, and refuses one that nobody measured', () => {
  expect(findFigureProblems(readme, { engine: 17_000 })).toEqual([
    'README.md has no figure for engine: 17.0 kB',
    'README.md has a figure for front, which nobody measured',
  ])
})
