import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const example = readFileSync('.env.example', 'utf8')
const named = (example.match(/^[A-Z_]+(?==)/gm) ?? []).sort()

test('.env.example lists every setting that the product reads, each with a line about it', () => {
  const reader = readFileSync(path.resolve('app/platform/environment.ts'), 'utf8')
  const read = [...reader.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name = '']) => name)
  // Given by npm start to its own processes, never by a person.
  const ours = [
    'NODE_ENV',
    'COURAGE_PROCESS',
    'SANDBOX_MAIL_URL',
    'SANDBOX_MAIL_SECRET',
    'SANDBOX_PAYMENTS_URL',
    'SANDBOX_PAYMENTS_SECRET',
  ]
  // Read by bin/ alone.
  const scripts = ['ROLE']
  expect(named).toEqual([...read.filter((name) => !ours.includes(name)), ...scripts].sort())
  for (const name of named) expect(example).toMatch(new RegExp(`^# .+\\n${name}=`, 'm'))
})

test('.env.example sets nothing, so that a copy of it changes nothing', () => {
  expect(example.match(/^[A-Z_]+=.+/gm)).toBeNull()
})
