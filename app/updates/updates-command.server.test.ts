import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { suppress } from '#app/mail/suppressions.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { projectRoot, withSettings } from '#tests/support/settings.ts'
import { confirmSubscribers, forgetUpdates } from '#tests/support/subscribers.ts'
import { prepareUpdates } from './prepare-update.server.ts'

let folder: string
beforeAll(async () => {
  await startFromSeed()
  folder = await mkdtemp(path.join(tmpdir(), 'updates-'))
})
afterEach(forgetUpdates)
afterAll(() => rm(folder, { recursive: true }))

type Said = { code: number; out: string; err: string }

/** `npm run updates -- ARGS…`, as built. */
function updates(...args: string[]): Promise<Said> {
  const env = withSettings({ DATABASE_URL: process.env['DATABASE_URL'] ?? '', COURAGE_PROCESS: 'command' })
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['build/command.js', 'updates', ...args],
      { cwd: projectRoot, env },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

async function file(...lines: string[]): Promise<string> {
  const name = path.join(folder, 'news.md')
  await writeFile(name, lines.join('\n'))
  return name
}

const good = ['---', 'subject: Snow', 'preview: What it brought', '---', '', 'Dear friends,', '']

describe('Lusine sends an update', () => {
  test('and is told first what would happen; nothing happens until she says so', async () => {
    const [, bea] = await confirmSubscribers(['ani@example.org', 'bea@example.org'])
    await inTransaction((tx) => suppress(tx, bea?.addressHash ?? '', 'all', 'bounced'))
    const news = await file(...good)
    for (const flags of [[], ['--dry-run'], ['--dry-run', '--yes']]) {
      const said = await updates('send', news, ...flags)
      expect(said).toMatchObject({ code: 0, err: '' })
      expect(said.out).toMatch(/^Subject +Snow$/m)
      expect(said.out).toMatch(/^Web +http:\/\/localhost:3000\/updates\/snow$/m)
      expect(said.out).toMatch(/^Size +\d+\.\d kB of HTML$/m)
      expect(said.out).toMatch(/^Audience +2 people have confirmed; to be skipped: 1 bounced$/m)
      expect(said.out).toContain('Nothing has been sent')
      expect(await db.update.count()).toBe(0)
    }
    expect(await updates('send', news, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Started\.[^]*No worker is running: .*npm start/),
    })
    await prepareUpdates()
    expect((await updates('progress', 'snow')).out).toBe(
      'Snow\nAudience  2\n  1 queued\n  1 not sent: bounced\n',
    )
    expect((await updates('list')).out).toMatch(/^snow {2}Snow {2}\(\d+ \w+ \d{4}\)\n$/)
  })

  test('and is not told that no worker is running while one is', async () => {
    await db.heartbeat.create({ data: { name: 'worker', at: clock.now() } })
    const said = await updates('send', await file(...good), '--yes')
    expect(said.out).toContain('Started.')
    expect(said.out).not.toContain('worker')
    await db.heartbeat.deleteMany()
  })

  test('twice by mistake, and nobody gets it twice', async () => {
    await confirmSubscribers(['ani@example.org'])
    const news = await file(...good)
    await updates('send', news, '--yes')
    const again = await updates('send', news, '--yes')
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('started already') })
    await prepareUpdates()
    expect(await db.message.count()).toBe(1)
  })

  test('with other words under the same address, and is refused', async () => {
    await updates('send', await file(...good), '--yes')
    const other = await updates('send', await file(...good, 'and more'), '--yes')
    expect(other).toMatchObject({ code: 1, out: '', err: expect.stringContaining('a slug of its own') })
    expect(await db.update.count()).toBe(1)
  })
})

describe('A mistake is told in words, and nothing is stored:', () => {
  test('what is wrong with the file, by its lines', async () => {
    const news = await file('---', 'subject: Snow', '---', '', '# Snow', '<b>Hello</b>')
    const said = await updates('send', news, '--yes')
    expect(said).toMatchObject({ code: 1, out: '' })
    expect(said.err.split('\n').map((line) => line.replace(`${news}:`, '').slice(0, 12))).toEqual([
      '3: There is ',
      '5: Headings ',
      '6: HTML is n',
      'Nothing was ',
      '',
    ])
    expect(await db.update.count()).toBe(0)
  })

  test('a mail that would be cut', async () => {
    const said = await updates('send', await file(...good, 'All the news there is. '.repeat(4_000)), '--yes')
    expect(said.err).toMatch(/:6: The mail would be \d+ kB long/)
    expect(await db.update.count()).toBe(0)
  })

  test.each([
    ['a file that is not there', ['send', '/no/such/news.md'], '/no/such/news.md: There is no such file.'],
    ['a folder', ['send', '/'], 'It cannot be read'],
    ['nothing to do', [], 'npm run updates -- send FILE'],
    ['no file', ['send'], 'npm run updates -- send FILE'],
    ['an option that nobody knows', ['send', 'news.md', '--now'], 'npm run updates -- send FILE'],
    ['an update that is not there', ['progress', 'rain'], 'There is no update "rain"'],
  ])('%s', async (_, args, says) => {
    expect(await updates(...args)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(says) })
  })

  test('a database of another installation', async () => {
    await db.installation.update({
      where: { id: 1 },
      data: { mode: 'live', appUrl: 'https://charity.example' },
    })
    const said = await updates('send', await file(...good), '--yes')
    await db.installation.update({ where: { id: 1 }, data: { mode: 'sandbox', appUrl: null } })
    expect(said).toMatchObject({ code: 1, err: expect.stringContaining('belongs to a live installation') })
    expect(await db.update.count()).toBe(0)
  })
})
