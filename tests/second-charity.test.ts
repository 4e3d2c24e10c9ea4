import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { wordsOfTheFirst } from './support/second-charity.ts'

const root = path.resolve(import.meta.dirname, '..')

test('no line of the code or of the emails names the first charity, its report or its partner', () => {
  const files = ['app', 'emails', 'public'].flatMap(textFilesUnder)
  expect(files.length).toBeGreaterThan(50)
  const found = files.flatMap((file) =>
    readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (wordsOfTheFirst.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])),
  )
  expect(found, 'charity and report are data: prisma/seed is their place').toEqual([])
})

test('the words would be found, were they there', () => {
  for (const line of ['HART', 'a visit to Nagorno Karabakh', 'Baroness Cox', 'In Stepanakert,']) {
    expect(line).toMatch(wordsOfTheFirst)
  }
  expect('a chart by its chartist').not.toMatch(wordsOfTheFirst)
})

function textFilesUnder(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isFile() && /\.(tsx?|css|svg|md|txt|html|json)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
}

function entriesOf(folder: string) {
  try {
    return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
  } catch (error) {
    // emails/ begins with the first email.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
