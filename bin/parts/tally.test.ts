import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inWords, sum, tallyOfOne, tallyOfPlaywright, tallyOfSkipped, tallyOfVitest } from './tally.mjs'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'courage-tally-'))
  file = path.join(folder, 'report.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the last line counts everything that passed, failed and was skipped', () => {
  const all = sum([tallyOfOne(0), tallyOfOne(2), tallyOfSkipped('a journey', 'no browser'), tallyOfOne(0)])
  expect(inWords(all)).toBe('2 passed, 1 failed, 1 skipped')
  expect(all.skipped).toEqual([{ name: 'a journey', why: 'no browser' }])
})

test('tests that ended without a report have failed', () => {
  expect(tallyOfVitest(file, 1).failed).toBe(1)
  expect(tallyOfPlaywright(file, 1).failed).toBe(1)
})

test('no test at all is a failure', () => {
  writeFileSync(file, JSON.stringify({ passed: 0, failed: 0, skipped: [] }))
  expect(tallyOfVitest(file, 0).failed).toBe(1)
})

test('a program that fails though every test passed has failed', () => {
  writeFileSync(file, JSON.stringify({ passed: 3, failed: 0, skipped: [] }))
  expect(inWords(tallyOfVitest(file, 1))).toBe('3 passed, 1 failed, 0 skipped')
})

test('a journey that passes only when tried again counts as failed', () => {
  const journey = (title: string, status: string, annotations: object[] = []) => ({
    title,
    tests: [{ status, annotations }],
  })
  const specs = [
    journey('reads', 'expected'),
    journey('gives', 'flaky'),
    journey('writes', 'unexpected'),
    journey('follows', 'skipped', [{ type: 'skip', description: 'later' }]),
  ]
  writeFileSync(
    file,
    JSON.stringify({
      errors: [],
      suites: [{ title: 'a.spec.ts', specs: [], suites: [{ title: 'a visitor', specs }] }],
    }),
  )
  expect(tallyOfPlaywright(file, 1)).toEqual({
    passed: 1,
    failed: 2,
    skipped: [{ name: 'a.spec.ts > a visitor > follows', why: 'later' }],
  })
})
