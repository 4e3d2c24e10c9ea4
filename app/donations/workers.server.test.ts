import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { runCommand } from '#tests/support/command.ts'
import { askDatabase, copyGifts } from '#tests/support/copy-gifts.ts'
import { freshDatabase, startFromSeed } from '#tests/support/database.ts'
import { startHouse, startWorker, type Running } from '#tests/support/house.ts'
import { chargeOf, openPage, type Given } from '#tests/support/pages.ts'
import { openPaymentDesk, type PaymentDesk } from '#tests/support/payment-desk.ts'
import { openPostOffice, type PostOffice } from '#tests/support/post-office.ts'

const url = () => process.env['DATABASE_URL'] ?? ''
const LONG = { timeout: 100_000 }
/** In hours, as the payment desk counts. */
const DAY = 24
const now = () => clock.now().toISOString()

let desk: PaymentDesk
let post: PostOffice
beforeAll(startFromSeed)
beforeAll(async () => {
  ;[desk, post] = await Promise.all([openPaymentDesk(), openPostOffice()])
})
afterAll(() => Promise.all([desk.close(), post.close()]))

const settings = () => ({ ...desk.settings, ...post.settings })
const startOne = (database = url()) => startWorker(database, settings())

/** What the books say when nothing is wrong with them: their hash. */
async function hashOfBooks(database: string): Promise<string> {
  const { said, complained } = await runCommand(database, ['books', 'verify'], settings())
  expect(complained).toBe('')
  expect(said).toContain('The books hold')
  return said.trim().split('\n').at(-1) ?? ''
}

/** No news waits, and nothing is to be done: a job that was replaced while it ran is kept by the queue, and never done. */
const isSettled = async (database: string) =>
  (await askDatabase<string>(
    database,
    `select count(*) from stripe_event where state = 'waiting'
     union all select count(*) from graphile_worker.jobs
       where task_identifier ~ '^(donations|books)' and attempts < max_attempts
     order by 1 desc`,
  )) === '0'

const settled = (database = url()) => expect.poll(() => isSettled(database), LONG).toBe(true)

/** Everything that can happen to a gift has happened to one of these, longer ago than lists are looked at again. */
async function giveInEveryWay(): Promise<void> {
  await desk.later(-10 * DAY)
  const partner = await db.partner.findFirstOrThrow()
  const give = async (story: Parameters<typeof openPage>[1] = {}) => {
    const { pageId } = await openPage(desk.stripe, story)
    await desk.pay(pageId)
    await desk.later(0.01)
    return chargeOf(desk.stripe, pageId)
  }
  await openPage(desk.stripe)
  await give({ partnerId: partner.id })
  await give({ isAnswerLost: true })
  const refunded = await give({ currency: 'EUR', amountMinor: 3333 })
  const { id: comesAgain } = await desk.refund(refunded, 1111)
  await desk.refund(refunded, 222)
  await desk.later(0.01)
  await desk.failRefund(comesAgain)
  await desk.refund(refunded, 2000)
  for (const end of ['won', 'lost'] as const) {
    const { id } = await desk.dispute(await give({ currency: 'USD', amountMinor: 5001 }), { amount: 3000 })
    await desk.later(0.01)
    await desk.closeDispute(id, end)
  }
  const tried = await openPage(desk.stripe)
  for (const _ of [1, 2, 3]) await desk.decline(tried.pageId)
  await desk.pay(tried.pageId)
  const [comes, fails] = [await openPage(desk.stripe), await openPage(desk.stripe)]
  await desk.payLate(comes.pageId, 'comes')
  await desk.payLate(fails.pageId, 'fails')
  await desk.later(5 * DAY)
  await desk.later(0.01)
  await desk.setClock(clock.now())
}

describe('Every piece of news three times, in any order, to two workers', () => {
  const ends: unknown[] = []
  const orders = [11, 12, 13]
  beforeAll(giveInEveryWay)

  test.each(orders)('is heard to its end: order %d', { timeout: 180_000 }, async (seed) => {
    const database = await freshDatabase('seeded')
    await copyGifts(url(), database.url)
    // Nothing is to be found by looking, for all has been looked at: only what is told counts here.
    await askDatabase(
      database.url,
      `insert into sweep_mark values ('events', '${now()}'), ('balance-transactions', '${now()}')`,
    )
    const workers = await Promise.all([startOne(database.url), startOne(database.url)])
    const house = await startHouse(database.url, settings())
    await desk.sendNewsTo(`${house.url}/webhooks/stripe`)
    await desk.release({ times: 3, seed })
    await desk.quiet()
    await settled(database.url)
    ends.push({
      books: await hashOfBooks(database.url),
      parked: await askDatabase(database.url, `select count(*) from stripe_event where state = 'parked'`),
      gifts: await askDatabase(
        database.url,
        `select json_agg(json_build_array(id, state, declines, received_at) order by id) from gift`,
      ),
      pages: await askDatabase(
        database.url,
        `select json_agg(json_build_array(id, state, session_id, payment_id, url) order by id) from checkout_attempt`,
      ),
      mails: await askDatabase(
        database.url,
        `select json_agg(json_build_array(gift_id, kind) order by gift_id, kind) from gift_mail`,
      ),
    })
    await Promise.all([...workers, house].map((each) => each.stop()))
    await database.drop()
  })

  test('and always ends in the same gifts, pages, mails and books, with nothing parked', () => {
    expect(ends).toHaveLength(orders.length)
    for (const end of ends) expect(end).toEqual(ends[0])
    expect(ends[0]).toMatchObject({ parked: '0' })
  })
})

describe('News that nobody tells', () => {
  test('is found in Stripe’s lists, also a fee that comes later', { timeout: 120_000 }, async () => {
    await desk.control('PUT', 'settings', { feeMs: 3_600_000 })
    const given = await openPage(desk.stripe)
    await desk.pay(given.pageId)
    await desk.control('PUT', 'settings', { feeMs: 1000 })
    const worker = await startOne()
    try {
      await expect.poll(() => stateOf(given), LONG).toBe('received')
      await settled()
      const events = await db.stripeEvent.findMany({ where: { giftId: given.giftId } })
      expect(new Set(events.map(({ heardBy }) => heardBy))).toEqual(new Set(['sweep']))
      const movements = () => db.movement.count({ where: { giftId: given.giftId } })
      expect(await movements()).toBe(0)
      await desk.later(2)
      await inTransaction((tx) => enqueue(tx, 'donations.sweep', {}))
      await expect.poll(movements, LONG).toBe(1)
      await settled()
      await hashOfBooks(url())
    } finally {
      await worker.stop()
    }
  })

  test(
    'is found by its money alone, when Stripe lists the event no more, and the mark of the balance is ahead',
    { timeout: 120_000 },
    async () => {
      await desk.later(-DAY)
      const given = await openPage(desk.stripe)
      await desk.pay(given.pageId)
      await desk.later(0.01)
      await askDatabase(url(), `update sweep_mark set through = '${now()}' where name = 'events'`)
      const ahead = `update sweep_mark set through = '2999-01-01' where name = 'balance-transactions'`
      await askDatabase(url(), ahead)
      const worker = await startOne()
      try {
        await expect.poll(() => stateOf(given), LONG).toBe('received')
        expect(await db.stripeEvent.count({ where: { giftId: given.giftId } })).toBe(0)
        expect(await db.movement.count({ where: { giftId: given.giftId } })).toBe(1)
        await inTransaction((tx) => enqueue(tx, 'donations.sweep', {}))
        await settled()
        const warnings = worker.log().filter(({ msg }) => String(msg).includes('up to a time to come'))
        expect(warnings).toMatchObject([{ list: 'balance-transactions' }])
      } finally {
        await worker.stop()
        await desk.setClock(clock.now())
        await askDatabase(url(), `delete from sweep_mark`)
      }
    },
  )

  test('while Stripe fails in the middle of its list: the list is read again from where it was', async () => {
    const given = await openPage(desk.stripe)
    await desk.pay(given.pageId)
    await desk.later(0.01)
    const marks = () => db.sweepMark.findMany({ orderBy: { name: 'asc' } })
    await desk.next('GET /v1/balance_transactions', 'bad-gateway', 2)
    const before = await marks()
    const worker = await startOne()
    try {
      await expect.poll(() => stateOf(given), LONG).toBe('received')
      await expect.poll(async () => (await marks()).length, LONG).toBe(before.length + 2)
      await settled()
      await hashOfBooks(url())
    } finally {
      await worker.stop()
    }
  })
})

describe('A worker is killed', () => {
  const workers: Running[] = []
  afterAll(() => Promise.all(workers.map((worker) => worker.stop())))

  /** What must be true in the end, whoever died meanwhile. */
  async function expectReceivedOnce(given: Given): Promise<void> {
    // A lock of the last ten seconds is left alone for a minute, because who has it may have just begun to live.
    await askDatabase(
      url(),
      `update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'`,
    )
    workers.push(await startOne())
    await expect.poll(() => stateOf(given), LONG).toBe('received')
    await settled()
    expect(await db.movement.count({ where: { giftId: given.giftId } })).toBe(1)
    expect(await db.giftMove.count({ where: { giftId: given.giftId } })).toBe(1)
    const [mail, ...more] = await db.giftMail.findMany({ where: { giftId: given.giftId } })
    expect(more).toEqual([])
    await expect.poll(async () => (await post.taken()).get(mail?.messageId ?? ''), LONG).toBe(1)
    await hashOfBooks(url())
  }

  /** What was to be done with it is not found by looking at the balance, which has been read: it must be done again. */
  async function aPaidGift(): Promise<Given> {
    await desk.later(-2 * DAY)
    const given = await openPage(desk.stripe)
    await desk.pay(given.pageId)
    await desk.later(0.01)
    await desk.setClock(clock.now())
    await askDatabase(url(), `delete from sweep_mark`)
    await askDatabase(url(), `insert into sweep_mark values ('balance-transactions', '${now()}')`)
    return given
  }

  test('while it waits for an answer of Stripe’s', { timeout: 240_000 }, async () => {
    const given = await aPaidGift()
    await desk.next('GET /v1/disputes', 'hang')
    const first = await startOne()
    const isHanging = async () => (await desk.log()).some(({ fault }) => fault === 'hang')
    await expect.poll(isHanging, LONG).toBe(true)
    expect(await stateOf(given)).toBe('started')
    await first.kill()
    await expectReceivedOnce(given)
  })

  test('between what it read and what it writes', { timeout: 240_000 }, async () => {
    const given = await aPaidGift()
    await Promise.all(workers.map((worker) => worker.stop()))
    await inTransaction(async (tx) => {
      await tx.$queryRaw`select 1 from gift where id = ${given.giftId}::uuid for no key update`
      const first = await startOne()
      const isWaiting = async () =>
        await askDatabase<number>(
          url(),
          `select count(*)::int from pg_stat_activity
           where wait_event_type = 'Lock' and query like '%received_at as%for update%'`,
        )
      await expect.poll(isWaiting, { timeout: 10_000 }).toBe(1)
      await first.kill()
    })
    expect(await stateOf(given)).toBe('started')
    await expectReceivedOnce(given)
  })
})

async function stateOf({ giftId }: Given): Promise<string> {
  return (await db.gift.findUniqueOrThrow({ where: { id: giftId } })).state
}
