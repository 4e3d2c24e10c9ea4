import { beforeAll, describe, expect, test } from 'vitest'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { thawed } from '#tests/support/frozen.ts'
import { addGift } from '#tests/support/gifts.ts'
import { queueGiftMail, type GiftMail } from './gift-mails.server.ts'

beforeAll(startFromSeed)

const queue = (giftId: string, mail: GiftMail) => inTransaction((tx) => queueGiftMail(tx, giftId, mail))
const receipt: GiftMail = { kind: 'receipt', receivedAt: new Date('2026-07-01T23:30:00Z') }

/** What the donor is sent about the gift, in order. */
async function mailsAbout(giftId: string) {
  const calls = await db.mailCall.findMany({
    where: { messages: { some: { about: `gift:${giftId}` } } },
    include: { messages: true },
    orderBy: { createdAt: 'asc' },
  })
  return calls.map(({ body, messages }) => ({
    ...(thawed(body) as { to: string[]; subject: string; text: string }),
    message: messages[0],
  }))
}

describe('A donor gets', () => {
  test('one receipt, with what was given, for what, when in Britain, and the reference', async () => {
    const { id: partnerId, name } = await db.partner.findFirstOrThrow()
    const id = await addGift({ amountMinor: 2500, partnerId, email: 'ani@example.org' })
    await queue(id, receipt)
    const [mail, ...more] = await mailsAbout(id)
    expect(more).toEqual([])
    const { reference } = await db.gift.findUniqueOrThrow({ where: { id } })
    expect(mail).toMatchObject({
      to: ['ani@example.org'],
      message: { kind: 'donations.receipt', lane: 'prompt' },
    })
    expect(mail?.subject).toMatch(/^Receipt for your gift of £25\.00 to /)
    for (const told of [`For: the work of ${name}`, 'Received on: 2 July 2026', reference, 'kept apart'])
      expect(mail?.text).toContain(told)
  })

  test('no second one, whoever asks for it again, and however many ask at once', async () => {
    const id = await addGift()
    const ask = () => queue(id, receipt)
    await Promise.all([ask(), ask(), ask()])
    await ask()
    expect(await mailsAbout(id)).toHaveLength(1)
    expect(await db.giftMail.count({ where: { giftId: id } })).toBe(1)
  })

  test('a mail of its own for each part that is returned', async () => {
    const id = await addGift({ amountMinor: 2500, currency: 'EUR' })
    await queue(id, { kind: 'returned', refundId: 're_1', amountMinor: 1000 })
    await queue(id, { kind: 'returned', refundId: 're_2', amountMinor: 1500 })
    await queue(id, { kind: 'returned', refundId: 're_1', amountMinor: 1000 })
    const subjects = (await mailsAbout(id)).map(({ subject }) => subject)
    expect(subjects.map((subject) => /€\d+\.\d\d/.exec(subject)?.[0])).toEqual(['€10.00', '€15.00'])
  })

  test('word that it is on its way, and word that it did not arrive', async () => {
    const id = await addGift()
    await queue(id, { kind: 'on-its-way' })
    await queue(id, { kind: 'not-received' })
    expect((await mailsAbout(id)).map(({ message }) => message?.kind)).toEqual([
      'donations.on-its-way',
      'donations.not-received',
    ])
  })

  test('nothing when they have been forgotten', async () => {
    const id = await addGift({ state: 'expired' })
    await db.gift.update({ where: { id }, data: { name: null, email: null } })
    await queue(id, { kind: 'not-received' })
    expect(await mailsAbout(id)).toEqual([])
  })
})

test('A receipt is queued if the gift is kept as received, and not otherwise', async () => {
  const id = await addGift()
  const crash = inTransaction(async (tx) => {
    await queueGiftMail(tx, id, receipt)
    throw new Error('the power went')
  })
  await expect(crash).rejects.toThrow('the power went')
  expect(await mailsAbout(id)).toEqual([])
})
