import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { recordMovement } from '#app/donations/movements.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { startWorker, type Running } from '#tests/support/house.ts'
import { addGifts } from '#tests/support/gifts.ts'
import { charge, comesAgain, goesBack } from '#tests/support/movements.ts'
import { balances } from './books.server.ts'

const workers: Running[] = []
afterAll(() => Promise.all(workers.map((worker) => worker.stop())))

test('two workers post what thirty gifts did, heard of in the wrong order and twice, once each', async () => {
  const movements = Array.from({ length: 30 }, () => {
    const came = charge(randomUUID(), [{ partnerId: null, amountMinor: 1000 }], {
      feeMinor: 30,
      netMinor: 970,
    })
    const gone = goesBack('refund', came, 300)
    return [gone, comesAgain(gone), goesBack('refund', came, 100), came]
  }).flat()

  const url = process.env['DATABASE_URL'] ?? ''
  workers.push(...(await Promise.all([startWorker(url), startWorker(url)])))
  await addGifts(movements.map(({ giftId }) => giftId))
  for (const movement of [...movements, ...movements]) {
    await inTransaction((tx) => recordMovement(tx, movement))
  }
  const unposted = () => db.movement.count({ where: { posted: null } })
  await expect.poll(unposted, { timeout: 60_000 }).toBe(0)

  expect(await db.ledgerTransaction.count()).toBe(movements.length)
  expect((await balances(db)).map(({ account, amountMinor }) => [account, Number(amountMinor)])).toEqual([
    ['fees:stripe', 900],
    ['income', -27_000],
    ['stripe:balance', 26_100],
  ])
})
