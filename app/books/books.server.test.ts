import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Movement } from '#app/donations/movement.ts'
import { recordMovement } from '#app/donations/movements.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addGifts } from '#tests/support/gifts.ts'
import { charge, comesAgain, goesBack, ofNoGift } from '#tests/support/movements.ts'
import { balances, ledgerHash, postMovement } from './books.server.ts'

const record = async (...movements: Movement[]) => {
  await addGifts(movements.map(({ giftId }) => giftId))
  await inTransaction(async (tx) => {
    for (const movement of movements) await recordMovement(tx, movement)
  })
}

async function aPartner(): Promise<string> {
  const slug = `partner-${randomUUID()}`
  const words = { name: slug, country: 'Freedonia', place: 'the hills', summary: 'A clinic.' }
  const { id } = await db.partner.create({ data: { slug, position: 1, updatedAt: clock.now(), ...words } })
  return id
}

const forMostNeeded = (amountMinor: number) => [{ partnerId: null, amountMinor }]

/** "account fund? amount currency" of each entry of a movement, in the books' order; an empty list when not posted. */
async function linesOf({ id }: Movement): Promise<string[]> {
  const entries = await db.ledgerEntry.findMany({
    where: { transaction: { movementId: id } },
    orderBy: { position: 'asc' },
  })
  return entries.map(({ account, fundId, amountMinor, currency }) =>
    [account, ...(fundId === null ? [] : [fundId]), amountMinor, currency].join(' '),
  )
}

async function jobsFor({ id }: Movement): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    select count(*) from graphile_worker.jobs where key = ${`books.post ${id}`}`
  return Number(row?.count)
}

describe('A movement is kept', () => {
  test('once, with one job to post it, however often Stripe’s events say it', async () => {
    const came = charge(randomUUID(), forMostNeeded(2500), { feeMinor: 58, netMinor: 2442 })
    await addGifts([came.giftId])
    expect(await inTransaction((tx) => recordMovement(tx, came))).toBe('recorded')
    expect(await inTransaction((tx) => recordMovement(tx, came))).toBe('known')
    expect(await jobsFor(came)).toBe(1)
  })

  test('or not at all: when its transaction fails, there is no job either', async () => {
    const came = charge(randomUUID(), forMostNeeded(2500))
    await addGifts([came.giftId])
    const crash = inTransaction(async (tx) => {
      await recordMovement(tx, came)
      throw new Error('the power went')
    })
    await expect(crash).rejects.toThrow('the power went')
    expect(await jobsFor(came)).toBe(0)
    expect(await db.movement.count({ where: { id: came.id } })).toBe(0)
  })

  test('and other figures for it are refused loudly', async () => {
    const came = charge(randomUUID(), forMostNeeded(2500))
    await record(came)
    const other = { ...came, given: { amountMinor: 2600, currency: 'GBP' as const }, grossMinor: 2600 }
    await expect(record({ ...other, netMinor: 2600, funds: forMostNeeded(2600) })).rejects.toThrow(
      'other figures',
    )
    await expect(record({ ...came, netMinor: 1 })).rejects.toThrow('net-is-not-gross-less-fee')
  })

  test('as it was: the database refuses to change, delete or empty it', async () => {
    const came = charge(randomUUID(), forMostNeeded(2500))
    await record(came)
    const { id } = came
    await expect(db.movement.update({ where: { id }, data: { kind: 'refund' } })).rejects.toThrow(
      'only ever added to',
    )
    await expect(db.movement.delete({ where: { id } })).rejects.toThrow('only ever added to')
    await expect(db.$executeRaw`truncate movement cascade`).rejects.toThrow('only ever added to')
  })
})

describe('A movement is posted', () => {
  test('to the fund of the partner it was given for', async () => {
    const partnerId = await aPartner()
    const came = charge(randomUUID(), [{ partnerId, amountMinor: 2500 }], { feeMinor: 58, netMinor: 2442 })
    await record(came)
    expect(await postMovement(came.id)).toEqual({ outcome: 'posted', movementIds: [came.id] })
    expect(await linesOf(came)).toEqual([
      'stripe:balance 2442 GBP',
      'fees:stripe 58 GBP',
      `income partner:${partnerId} -2500 GBP`,
    ])
  })

  test('never to the fund of a partner that does not exist', async () => {
    const came = charge(randomUUID(), [{ partnerId: randomUUID(), amountMinor: 2500 }])
    await record(came)
    await expect(postMovement(came.id)).rejects.toThrow()
    expect(await linesOf(came)).toEqual([])
  })

  test('once, by however many workers at once', async () => {
    const giftId = randomUUID()
    const came = charge(giftId, forMostNeeded(1000))
    const gone = goesBack('refund', came, 400)
    await record(came, gone)
    const both = [came.id, gone.id]
    const outcomes = await Promise.all([...both, ...both, ...both].map((id) => postMovement(id)))
    expect(outcomes.filter(({ outcome }) => outcome === 'posted')).toHaveLength(1)
    expect(await db.ledgerTransaction.count({ where: { movement: { giftId } } })).toBe(2)
  })

  test('a second time by nobody: the database refuses it even if we ask', async () => {
    const came = charge(randomUUID(), forMostNeeded(1000))
    await record(came)
    await postMovement(came.id)
    expect(await postMovement(came.id)).toEqual({ outcome: 'known' })
    const again = inTransaction((tx) => book(tx, came.id, [500, -500]))
    await expect(again).rejects.toThrow('Unique constraint')
  })

  test('after what it depends on: a refund heard of first waits for the gift, and is posted with it', async () => {
    const came = charge(randomUUID(), forMostNeeded(1000))
    const gone = goesBack('refund', came, 1000)
    const failed = comesAgain(gone)
    await record(gone, failed)
    expect(await postMovement(failed.id)).toEqual({ outcome: 'waits' })
    expect(await postMovement(gone.id)).toEqual({ outcome: 'waits' })
    await record(came)
    const posted = await postMovement(came.id)
    expect(posted).toEqual({ outcome: 'posted', movementIds: [came.id, gone.id, failed.id] })
    expect((await linesOf(failed)).at(-1)).toBe('income where-most-needed -1000 GBP')
  })

  test('of no gift: to suspense, where a person sees it', async () => {
    const strange = ofNoGift('unknown', 321)
    await record(strange)
    await postMovement(strange.id)
    expect(await linesOf(strange)).toEqual(['stripe:balance 321 GBP', 'suspense -321 GBP'])
  })
})

describe('The database keeps the books honest: it refuses', () => {
  const key = () => `manual:${randomUUID()}`

  test('what does not sum to zero', async () => {
    await expect(inTransaction((tx) => book(tx, null, [500, -499]))).rejects.toThrow('off by 1 GBP')
  })

  test('what sums to zero only over two currencies', async () => {
    const mixed = inTransaction((tx) => book(tx, null, [500, -500], ['GBP', 'EUR']))
    await expect(mixed).rejects.toThrow('off by -500 EUR')
  })

  test('what has no entries', async () => {
    await expect(inTransaction((tx) => book(tx, null, []))).rejects.toThrow('fewer than two entries')
  })

  test('an entry of nothing, on no account of ours, or on a fund’s account without a fund', async () => {
    await expect(inTransaction((tx) => book(tx, null, [0, 0]))).rejects.toThrow('ledger_entry_amount')
    await expect(inTransaction((tx) => book(tx, null, [5, -5], ['GBP'], 'petty cash'))).rejects.toThrow(
      '_account',
    )
    await expect(inTransaction((tx) => book(tx, null, [5, -5], ['GBP'], 'income'))).rejects.toThrow('_fund')
  })

  test('an entry that comes late, even with its counterpart', async () => {
    const id = await inTransaction((tx) => book(tx, null, [500, -500]))
    const late = (position: number, amountMinor: number) => ({
      transactionId: id,
      position,
      account: 'bank',
      amountMinor,
      currency: 'GBP',
    })
    await expect(db.ledgerEntry.createMany({ data: [late(2, 5), late(3, -5)] })).rejects.toThrow('closed')
  })

  test('a change, a deletion and an emptying', async () => {
    const id = await inTransaction((tx) => book(tx, null, [500, -500]))
    const hash = await ledgerHash(db)
    const attempts = [
      () => db.ledgerEntry.updateMany({ where: { transactionId: id }, data: { currency: 'EUR' } }),
      () => db.ledgerEntry.deleteMany({ where: { transactionId: id } }),
      () => db.ledgerTransaction.update({ where: { id }, data: { key: key() } }),
      () => db.ledgerTransaction.deleteMany({ where: { id } }),
      () => db.$executeRaw`truncate ledger_entry`,
      () => db.$executeRaw`truncate ledger_transaction cascade`,
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow('only ever added to')
    expect(await ledgerHash(db)).toBe(hash)
  })

  test('the same key twice', async () => {
    const once = key()
    await inTransaction((tx) => book(tx, null, [5, -5], ['GBP'], 'bank', once))
    const twice = inTransaction((tx) => book(tx, null, [5, -5], ['GBP'], 'bank', once))
    await expect(twice).rejects.toThrow('Unique constraint')
  })
})

describe('What the books say', () => {
  test('each fund’s balance is one sum, and what it has is what was given for it', async () => {
    const [ani, boris] = [await aPartner(), await aPartner()]
    const came = charge(randomUUID(), [
      { partnerId: ani, amountMinor: 333 },
      { partnerId: boris, amountMinor: 667 },
    ])
    const gone = goesBack('refund', came, 500)
    await record(came, gone)
    await postMovement(gone.id)
    const has = (await balances(db)).filter(({ fundId }) =>
      [ani, boris].some((id) => fundId === `partner:${id}`),
    )
    expect(has.map(({ amountMinor }) => Number(amountMinor)).toSorted((a, b) => b - a)).toEqual([-166, -334])
  })

  test('is one hash, whatever order and time it was posted in', async () => {
    const came = charge(randomUUID(), forMostNeeded(1000))
    const others = [goesBack('refund', came, 400), goesBack('refund', came, 100), ofNoGift('stripe_fee', -70)]
    await record(came, ...others)
    const postedIn = async (order: Movement[], day: number): Promise<string> => {
      let hash = ''
      const undone = inTransaction(async (tx) => {
        await tx.$executeRaw`set local session_replication_role = replica`
        await tx.$executeRaw`delete from ledger_entry`
        await tx.$executeRaw`delete from ledger_transaction`
        for (const [at, { id, kind, occurredAt, grossMinor }] of order.entries()) {
          await tx.ledgerTransaction.create({
            data: {
              key: `stripe:${id}`,
              kind,
              movementId: id,
              occurredAt,
              postedAt: new Date(clock.now().getTime() + day * 86_400_000 + at),
              entries: {
                create: [grossMinor, -grossMinor].map((amountMinor, position) => ({
                  position,
                  account: 'bank',
                  amountMinor,
                  currency: 'GBP',
                })),
              },
            },
          })
        }
        hash = await ledgerHash(tx)
        throw new Error('put back')
      })
      await expect(undone).rejects.toThrow('put back')
      return hash
    }
    const hash = await postedIn([came, ...others], 0)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await postedIn([came, ...others].toReversed(), 3)).toBe(hash)
    expect(await postedIn([came, ...others.slice(1)], 0)).not.toBe(hash)
  })
})

/** Books by hand, past everything that would check it before the database does; returns its id. */
async function book(
  tx: Parameters<Parameters<typeof inTransaction>[0]>[0],
  movementId: string | null,
  amounts: number[],
  currencies: string[] = ['GBP'],
  account = 'bank',
  key = movementId === null ? `manual:${randomUUID()}` : `stripe:${movementId}`,
): Promise<string> {
  const at = clock.now()
  const entries = amounts.map((amountMinor, position) => ({
    position,
    account,
    amountMinor,
    currency: currencies[position % currencies.length] ?? 'GBP',
  }))
  const { id } = await tx.ledgerTransaction.create({
    data: {
      key,
      kind: 'correction',
      movementId,
      occurredAt: at,
      postedAt: at,
      entries: { createMany: { data: entries } },
    },
  })
  return id
}
