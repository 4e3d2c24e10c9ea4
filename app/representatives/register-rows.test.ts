import { expect, test } from 'vitest'
import { readRegister } from './register-rows.ts'

const header =
  'external_id,country,chamber,role,name,division_id,division_name,email,contact_form_url,phone,postal_address,channel,start_date,source_url,retrieved_at'
const good: Record<string, string> = {
  ...{ external_id: '1', country: 'GB', chamber: 'commons', role: 'Member', name: 'Ada', division_id: 'd1' },
  ...{ division_name: 'Harbour', email: 'ada@example.org', channel: 'email', start_date: '2024-07-04' },
  ...{ source_url: 'https://example.org', retrieved_at: '2026-11-20' },
}

/** What is said of a file with one line that differs so from a good one. */
function saidOf(changes: Record<string, string>): string[] {
  const values = { ...good, ...changes }
  const line = header.split(',').map((name) => `"${(values[name] ?? '').replaceAll('"', '""')}"`)
  const register = readRegister(`${header}\n${line.join(',')}`)
  return register.outcome === 'refused' ? register.problems : []
}

test.each<[string, Record<string, string>, string]>([
  ['a name for an address', { email: 'No email found' }, 'has no email address in email'],
  ['two mailboxes', { email: 'a@example.org b@example.org' }, 'has no email address in email'],
  ['no mailbox to write to', { email: '' }, 'wants email, and has nothing in email'],
  ['no form to write by', { channel: 'webform' }, 'wants webform, and has nothing in contact_form_url'],
  ['a way that nobody knows', { channel: 'pigeon' }, 'has "pigeon" for channel: write email, webform'],
  ['a day that is none', { retrieved_at: '2026-02-30' }, 'has "2026-02-30" in retrieved_at'],
  ['nobody', { name: '' }, 'has nothing in name'],
  ['a country in words', { country: 'Britain' }, 'has "Britain" for country'],
  ['a source that leads nowhere', { source_url: 'their site' }, 'has "their site" in source_url'],
  ['a sign that nobody types', { name: 'A\u0007da' }, 'has a control character in name'],
])('A file with %s is refused, and its maker told where', (_, changes, said) => {
  const problems = saidOf(changes)
  expect(problems.join('\n')).toContain(`Line 2 ${said}`)
  expect(problems.join('\n')).not.toContain('@')
})

test('Somebody who is there twice is refused: nobody knows which line is right', () => {
  const line = header.split(',').map((name) => good[name] ?? '')
  const register = readRegister([header, line.join(','), line.join(',')].join('\n'))
  expect(register).toEqual({
    outcome: 'refused',
    problems: ['Line 3 says the same as line 2: leave one of them out.'],
  })
})

test('A file is read as people’s programs write it: quotes, a byte order mark, lines of Windows, or JSON', () => {
  const line = header.split(',').map((name) => ({ ...good, name: '"Ada, ""the"" Example"' })[name] ?? '')
  const csv = readRegister(`\uFEFF${header}\r\n${line.join(',')}\r\n`)
  const json = readRegister(JSON.stringify([{ ...good, name: 'Ada, "the" Example' }]))
  expect(csv).toEqual(json)
  expect(csv).toMatchObject({
    read: {
      kind: 'representatives',
      rows: [{ name: 'Ada, "the" Example', salutation: 'Ada, "the" Example' }],
    },
  })
})

test('A file of another shape is told which it is nearest to, and what it lacks', () => {
  expect(readRegister('country,postal\nGB,M11AE')).toEqual({
    outcome: 'refused',
    problems: ['The header fits none of the three files. It is nearest to postal, and lacks division_id.'],
  })
  expect(readRegister('')).toMatchObject({ outcome: 'refused' })
  expect(readRegister('[')).toMatchObject({ outcome: 'refused' })
})

test.each([
  ['in the column of another thing', { source_url: 'ada@example.org' }],
  ['beside a quotation mark of its own', { email: 'ada@example.org"x' }],
])('Nobody’s address is repeated to whoever wrote it %s', (_, changes: Record<string, string>) => {
  const values = { ...good, ...changes }
  const register = readRegister(
    `${header}\n${header
      .split(',')
      .map((name) => values[name] ?? '')
      .join(',')}`,
  )
  expect(register.outcome).toBe('refused')
  expect(JSON.stringify(register)).not.toContain('@')
})

test('A line is named by where it begins, also when a value goes on in the next', () => {
  const values: Record<string, string> = {
    ...good,
    postal_address: '"1 Example Street\nExampletown"',
    country: 'Britain',
  }
  const line = header.split(',').map((name) => values[name] ?? '')
  expect(readRegister(`${header}\n${line.join(',')}`)).toMatchObject({
    problems: [expect.stringContaining('Line 2 has "Britain"') as string],
  })
})
