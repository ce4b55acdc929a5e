import { expect, it } from 'vitest'
import { isJson, ownMember, parseJsonObject } from '../../src/protocol/request.js'

it.each([
  ['application/json', true],
  ['application/json;charset=utf-8', true],
  ['application/json ; charset=utf-8', true],
  ['Application/JSON', true],
  ['application/problem+json', true],
  ['application/vnd.api-v1.0+json', true],
  ['application/jsonp', false],
  ['application/json x', false],
  ['application/+json', false],
  ['application/x json', false],
  ['text/json', false],
  ['x application/json', false],
  ['text/html', false],
  ['', false],
])('knows whether %j is JSON', (type, expected) => {
  expect(isJson(new Headers({ 'content-type': type }))).toBe(expected)
})

it('takes an answer without a media type for something else', () => {
  expect(isJson(new Headers())).toBe(false)
})

it.each<[string, unknown]>([
  ['{"a":1}', { a: 1 }],
  ['{}', {}],
  ['[]', null],
  ['null', null],
  ['"text"', null],
  ['7', null],
  ['{', null],
  ['', null],
])('reads %j as an object or as none', (text, expected) => {
  expect(parseJsonObject(text)).toEqual(expected)
})

it('sees the members of the object itself only', () => {
  const object = Object.assign(Object.create({ inherited: 1 }) as object, { own: 2 })
  expect(['own', 'inherited', 'missing'].map((name) => ownMember(object, name))).toEqual([
    2,
    undefined,
    undefined,
  ])
})
