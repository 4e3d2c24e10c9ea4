import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#app/platform/db.server.ts'
import { runCommand } from '../support/command.ts'
import { startFromSeed } from '../support/database.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'register-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(startFromSeed)

const run = (...args: string[]) => runCommand(process.env['DATABASE_URL'] ?? '', ['representatives', ...args])

function fileOf(name: string, ...lines: string[]): string {
  const file = path.join(folder, name)
  writeFileSync(file, lines.join('\n'))
  return file
}

const header =
  'external_id,country,chamber,role,name,division_id,division_name,email,channel,source_url,retrieved_at'
const ada =
  '1,ZZ,town-council,Councillor,Ada Example,t:harbour,Harbour,ada@example.org,email,https://example.org,2026-11-20'

describe('Lusine takes a register in', () => {
  test('after she has seen what it would change, and nobody’s address is printed', async () => {
    const file = fileOf('council.csv', header, ada)
    const first = await run('import', file, '--source', 'council', '--dry-run')
    expect(first.said).toBe(
      'begins   Harbour, town-council: Ada Example\n' +
        '1 added, 0 changed, 0 gone: nothing was written, this was a dry run.\n',
    )
    expect(await db.seat.count({ where: { chamber: 'town-council' } })).toBe(0)
    const second = await run('import', file, '--source', 'council')
    expect(second.said).toContain('1 added, 0 changed, 0 gone.')
    expect(second.said).not.toContain('@')
    expect(await db.seat.count({ where: { chamber: 'town-council' } })).toBe(1)
  })

  test('with a mistake in it, and is told in which line; nothing is written', async () => {
    const file = fileOf('wrong.csv', header, ada.replace('email,https', 'pigeon,https'))
    const { code, complained } = await run('import', file, '--source', 'wrong')
    expect(code).toBe(1)
    expect(complained).toContain('Nothing was taken in:\n- Line 2 has "pigeon" for channel')
    expect(await db.registerImport.count({ where: { source: 'wrong' } })).toBe(0)
  })

  test.each([
    ['without a source', ['import', 'file.csv']],
    ['with an option that nobody knows', ['import', 'file.csv', '--source', 'a', '--now']],
    ['without a word', []],
  ])('%s, and is told how', async (_, args) => {
    const { code, complained } = await run(...args)
    expect(code).toBe(1)
    expect(complained).toContain('npm run representatives -- import FILE --source SOURCE')
  })

  test('that is not there', async () => {
    const { code, complained } = await run('import', path.join(folder, 'nowhere.csv'), '--source', 'a')
    expect(code).toBe(1)
    expect(complained).toContain('The file cannot be read')
  })

  test('and sees how old it is, and of how many seats somebody can be written to', async () => {
    const { said } = await run('status')
    expect(said).toContain('demo-parliament: representatives, 12 lines')
    expect(said).toContain(
      'demo-assembly: 12 seats (7 email, 1 webform, 1 post, 1 phone, 1 no way, 1 vacant)',
    )
  })
})
