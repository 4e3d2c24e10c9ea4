import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Movement } from '#app/donations/movement.ts'
import { recordMovement } from '#app/donations/movements.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addGifts } from '#tests/support/gifts.ts'
import { charge, comesAgain, goesBack, ofNoGift } from '#tests/support/movements.ts'
import { postMovement } from './books.server.ts'
import { bookFromSuspense, listSuspense } from './suspense.server.ts'
import { differencesFrom } from './verify.server.ts'

/** All that happened at Stripe. */
const happened: Movement[] = []

async function happens<Kind extends Movement>(movement: Kind): Promise<Kind> {
  happened.push(movement)
  await addGifts([movement.giftId])
  await inTransaction((tx) => recordMovement(tx, movement))
  await postMovement(movement.id)
  return movement
}

/** Each test has a partner whose fund is empty. */
let partnerId = ''
beforeEach(async () => {
  const slug = `partner-${randomUUID()}`
  const words = { name: slug, country: 'Freedonia', place: 'the hills', summary: 'A clinic.' }
  partnerId = (await db.partner.create({ data: { slug, position: 1, updatedAt: clock.now(), ...words } })).id
})

const book = ({ id }: Movement) =>
  bookFromSuspense(id, partnerId, 'given for this partner, as Stripe’s page says')
const pounds = (amountMinor: number) => ({ amountMinor, currency: 'GBP' })

async function sumOf(account: string, fundId: string | null): Promise<number> {
  const { _sum } = await db.ledgerEntry.aggregate({ where: { account, fundId }, _sum: { amountMinor: true } })
  return Number(_sum.amountMinor ?? 0)
}
const fund = async () => 0 - (await sumOf('income', `partner:${partnerId}`))
const inSuspense = () => sumOf('suspense', null)
const standing = async () => (await listSuspense(db)).map(({ movementId }) => movementId)

/** A gift of Ani's that was refunded whole and then disputed: what her bank took lies in suspense. */
async function takenTwice() {
  const came = await happens(charge(randomUUID(), [{ partnerId: null, amountMinor: 1000 }]))
  await happens(goesBack('refund', came, 1000))
  return happens(goesBack('dispute', came, 1000))
}

async function expectBooksToHold(): Promise<void> {
  const theirs = happened.map((movement) => ({ ...movement, createdAt: movement.occurredAt }))
  expect(await differencesFrom(theirs, clock.now())).toEqual([])
}

describe('Money in suspense, of which the treasurer knows what it was for,', () => {
  test('is booked to its fund with her reason, and stands in suspense no more', async () => {
    const before = await inSuspense()
    const came = await happens(ofNoGift('unknown', 700))
    expect(await standing()).toContain(came.id)
    expect(await book(came)).toEqual({ outcome: 'booked', left: pounds(-700) })
    expect([await fund(), await inSuspense()]).toEqual([700, before])
    expect(await standing()).not.toContain(came.id)
    expect(
      await db.ledgerTransaction.findUnique({
        where: { key: `manual:suspense:${came.id}` },
        include: { entries: { orderBy: { position: 'asc' } } },
      }),
    ).toMatchObject({
      ...{ kind: 'correction', movementId: null, memo: 'given for this partner, as Stripe’s page says' },
      entries: [
        { account: 'suspense', amountMinor: 700n },
        { account: 'income', fundId: `partner:${partnerId}`, amountMinor: -700n },
      ],
    })
    await expectBooksToHold()
  })

  test('is booked once, whether two do it at the same instant or one does it twice, to whichever fund', async () => {
    const came = await happens(ofNoGift('unknown', 700))
    const said = [...(await Promise.all([book(came), book(came), book(came)]))].map(({ outcome }) => outcome)
    expect(said.toSorted()).toEqual(['booked', 'known', 'known'])
    const again = await bookFromSuspense(came.id, null, 'to another fund')
    expect(again).toEqual({ outcome: 'known', fundId: `partner:${partnerId}` })
    expect(await fund()).toBe(700)
  })

  test('is so much and no more: what was never in suspense stays where it is', async () => {
    const came = await happens(charge(randomUUID(), [{ partnerId: null, amountMinor: 1000 }]))
    const fee = await happens(ofNoGift('stripe_fee', -30))
    for (const each of [came, fee]) expect(await book(each)).toEqual({ outcome: 'not-there' })
    expect(await bookFromSuspense('txn_nowhere', null, 'nobody knows it')).toEqual({ outcome: 'not-there' })

    const disputed = await happens(charge(randomUUID(), [{ partnerId, amountMinor: 1000 }]))
    await happens(goesBack('refund', disputed, 400))
    const taken = await happens(goesBack('dispute', disputed, 1000))
    await happens(charge(randomUUID(), [{ partnerId, amountMinor: 500 }]))
    expect(await book(taken)).toEqual({ outcome: 'booked', left: pounds(400) })
    expect(await fund()).toBe(100)
  })

  test('that left is not booked to a fund that would go below zero, by one penny or by two at once', async () => {
    const [one, other] = [await takenTwice(), await takenTwice()]
    await happens(charge(randomUUID(), [{ partnerId, amountMinor: 999 }]))
    expect(await book(one)).toEqual({ outcome: 'fund-too-small', left: pounds(1000), has: pounds(999) })
    await happens(charge(randomUUID(), [{ partnerId, amountMinor: 1 }]))
    const said = (await Promise.all([book(one), book(other)])).map(({ outcome }) => outcome)
    expect(said.toSorted()).toEqual(['booked', 'fund-too-small'])
    expect(await fund()).toBe(0)
    await expectBooksToHold()
  })

  test('is not the money that came again before she looked', async () => {
    const taken = await takenTwice()
    const again = await happens(comesAgain(taken))
    await happens(charge(randomUUID(), [{ partnerId, amountMinor: 5000 }]))
    for (const each of [taken, again]) expect(await book(each)).toEqual({ outcome: 'not-there' })
    expect(await standing()).not.toContain(taken.id)
    expect(await fund()).toBe(5000)
  })

  test('is what is left when a part of it came again: that part is nobody’s to book', async () => {
    const taken = await takenTwice()
    const part = await happens(comesAgain(taken, { given: { amountMinor: 400, currency: 'GBP' } }))
    await happens(charge(randomUUID(), [{ partnerId, amountMinor: 5000 }]))
    expect(await book(part)).toEqual({ outcome: 'not-there' })
    expect(await book(taken)).toEqual({ outcome: 'booked', left: pounds(600) })
    expect(await book(part)).toEqual({ outcome: 'not-there' })
    expect(await fund()).toBe(4400)
    await expectBooksToHold()
  })

  test('comes back into suspense when it comes again after she booked it, and to its fund by her', async () => {
    const before = await inSuspense()
    const taken = await takenTwice()
    await happens(charge(randomUUID(), [{ partnerId, amountMinor: 5000 }]))
    await book(taken)
    expect(await fund()).toBe(4000)
    const again = await happens(comesAgain(taken))
    expect(await book(taken)).toMatchObject({ outcome: 'known' })
    expect(await standing()).toContain(again.id)
    expect(await book(again)).toEqual({ outcome: 'booked', left: pounds(-1000) })
    expect([await fund(), await inSuspense()]).toEqual([5000, before])
    await expectBooksToHold()
  })
})
