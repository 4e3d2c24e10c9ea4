import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { runCommand } from '#tests/support/command.ts'
import { startWorker, type Running } from '#tests/support/house.ts'
import { noRateLimit, queueOne, queueTo, standing, update } from '#tests/support/outbox.ts'
import { openPostOffice, type PostOffice } from '#tests/support/post-office.ts'
import { keepNews } from './news.server.ts'

const url = process.env['DATABASE_URL'] ?? ''

let post: PostOffice
let workers: Running[] = []
beforeAll(async () => {
  post = await openPostOffice()
})
beforeEach(noRateLimit)
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()))
  workers = []
})
afterAll(() => post.close())

async function work(settings: Record<string, string> = {}): Promise<Running> {
  const worker = await startWorker(url, { ...post.settings, ...settings })
  workers.push(worker)
  return worker
}

const mail = (...args: string[]) => runCommand(url, ['mail', ...args])
const settled = (id: string | undefined, state: string) =>
  expect.poll(async () => (await standing(id)).state, { timeout: 20_000 }).toBe(state)
const requests = async (route: string) => (await post.log()).filter((line) => line.route === route)

/** A worker asks, is killed before it hears of the answer, and another comes 25 hours later. */
async function killedWhileAsking(route: string, fault: string, ask: () => Promise<unknown>): Promise<number> {
  await post.control('POST', 'next', { route, fault, times: 1 })
  const before = (await requests(route)).length
  const first = await work()
  await ask()
  await expect.poll(async () => (await requests(route)).length, { timeout: 20_000 }).toBe(before + 1)
  await first.kill()
  await work({ CLOCK: new Date(Date.now() + 25 * 3_600_000).toISOString() })
  return before + 1
}

async function lookAtTheProvider(): Promise<void> {
  await inTransaction((tx) => enqueue(tx, 'mail.look-up-uncertain', {}, { key: 'look' }))
  await expect
    .poll(
      async () => {
        const jobs = await db.$queryRaw<unknown[]>`select 1 from graphile_worker.jobs where key = 'look'`
        return jobs.length
      },
      { timeout: 20_000 },
    )
    .toBe(0)
}

describe('a batch that was taken, by a sender that died before it heard so, a day before the next one came,', () => {
  let ids: string[]
  let asked: number

  test('is not asked for again', async () => {
    asked = await killedWhileAsking('POST /emails/batch', 'accepted-hang', async () => {
      ids = await queueTo(['ani', 'bea', 'cem'])
    })
    for (const id of ids) await settled(id, 'uncertain')
    expect(await requests('POST /emails/batch')).toHaveLength(asked)
    expect([...(await post.taken()).values()]).toEqual([1, 1, 1])
  })

  test('is settled by the provider’s news, message by message; a person is shown the others', async () => {
    const [line] = (await requests('POST /emails/batch')).filter(({ accepted }) => accepted.length > 0)
    const ani = line?.accepted.find(({ tags }) => tags['message'] === ids[0])
    await keepNews({
      id: 'msg_a_day_late',
      type: 'email.delivered',
      occurredAt: new Date(),
      providerId: ani?.id,
      messageId: ids[0],
      detail: undefined,
    })
    await work()
    await settled(ids[0], 'delivered')
    const { said } = await mail('uncertain')
    expect(said).not.toContain(ids[0])
    for (const id of ids.slice(1)) expect(said).toContain(`${id}  `)
    expect(said).not.toContain('@')
  })

  test('is found at the provider by its tags when the news was lost, and then nothing of it is uncertain', async () => {
    await work({ CLOCK: new Date(Date.now() + 25 * 3_600_000).toISOString() })
    await lookAtTheProvider()
    for (const id of ids.slice(1)) await settled(id, 'delivered')
    expect((await standing(ids[0])).call).toMatchObject({ state: 'accepted', body: null })
    expect((await mail('uncertain')).said).toBe('No message is uncertain.\n')
    expect(await requests('POST /emails/batch')).toHaveLength(asked)
  })
})

describe('a message that was never taken, of which nobody knows,', () => {
  let id: string

  test('stays uncertain when the provider does not list it, though others went to the same address', async () => {
    await killedWhileAsking('POST /emails', 'hang', async () => {
      id = await queueOne(update, 'dov@example.org')
    })
    await settled(id, 'uncertain')
    // One of ours, and one of somebody else's on the same account.
    const other = await queueOne(update, 'dov@example.org')
    const theirs = await fetch(`${post.url}/emails`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer re_theirs',
        'content-type': 'application/json',
        'user-agent': 'test',
      },
      body: JSON.stringify({
        from: 'a@b.example',
        to: 'dov@example.org',
        subject: 'Another',
        text: 'Another',
      }),
    })
    expect(theirs.status).toBe(200)
    await settled(other, 'accepted')
    await lookAtTheProvider()
    expect((await standing(id)).state).toBe('uncertain')
  })

  test('is settled by a person, with a reason that holds no address, and is never sent again', async () => {
    expect(await mail('settle', id, '--as', 'refused')).toMatchObject({ code: 1 })
    expect(await mail('settle', id, '--as', 'refused', '--because', 'dov@example.org says so')).toMatchObject(
      {
        code: 1,
      },
    )
    expect((await standing(id)).state).toBe('uncertain')
    const { said } = await mail('settle', id, '--as', 'refused', '--because', 'not in the dashboard')
    expect(said).toBe(`${id} is refused. It is not sent again.\n`)
    expect(await standing(id)).toMatchObject({ state: 'refused', address: null, call: { state: 'refused' } })
    const again = await mail('settle', id, '--as', 'accepted', '--because', 'it is')
    expect(again.complained).toContain('only an uncertain message is a person’s to settle')
    await work()
    expect((await post.taken()).get(id)).toBeUndefined()
  })

  test('has a timeline in words, without an address', async () => {
    const { said } = await mail('timeline', id)
    expect(said.split('\n').map((line) => line.replace(/^ +\S+Z +/, ''))).toEqual([
      `${id}  updates.update, about update:1, among updates`,
      'queued',
      'the provider was asked: no answer was written down',
      'a person decided: refused (not in the dashboard)',
      'is refused: not in the dashboard',
      '',
    ])
    expect((await mail('timeline', 'update:1')).said).toContain(id)
    expect((await mail('timeline', 'update:2')).complained).toContain('There is no message update:2')
    expect(said).not.toContain('@')
  })
})
