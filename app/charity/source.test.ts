import { expect, test } from 'vitest'
import { checkSources, isWebAddress, saySourceProblem, type Source } from './source.ts'

const source: Source = {
  slug: 'river-gauge',
  title: 'Level of the river',
  publisher: 'Board of Rivers',
  url: 'https://rivers.example/gauge',
  dated: null,
}

test('one source may be named many times', () => {
  expect(checkSources([source, { ...source }, source])).toEqual([])
})

test('two different sources cannot share a name', () => {
  expect(checkSources([source, { ...source, url: null }]).map(saySourceProblem)).toEqual([
    'Two different sources are called "river-gauge": give one of them another short name.',
  ])
})

test('a link of a source goes to the web and runs nothing', () => {
  expect(isWebAddress('https://rivers.example/')).toBe(true)
  expect(isWebAddress('javascript:alert(1)')).toBe(false)
  expect(isWebAddress('rivers.example/gauge')).toBe(false)
  expect(checkSources([{ ...source, url: 'rivers.example' }]).map(saySourceProblem)).toEqual([
    'The address of the source "river-gauge" must begin with https:// or http://, and "rivers.example" does not.',
  ])
})
