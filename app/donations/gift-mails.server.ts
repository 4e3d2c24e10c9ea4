import type { Email } from '#emails/email.ts'
import GiftNotReceived from '#emails/gift-not-received.tsx'
import GiftOnItsWay from '#emails/gift-on-its-way.tsx'
import GiftReceipt from '#emails/gift-receipt.tsx'
import GiftReturned from '#emails/gift-returned.tsx'
import { renderEmail } from '#emails/render.ts'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { mailCharity } from '#app/charity/mail-charity.server.ts'
import { queueMail } from '#app/mail/outbox.server.ts'
import { sayPurpose } from '#app/partners/fund.ts'
import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { dayInBritain, sayDay } from '#app/shared/dates.ts'
import { assertNever, invariant } from '#app/shared/invariant.ts'
import { formatMoney, isCurrencyCode } from '#app/shared/money.ts'

/** A mail about a gift. Of each kind a gift gets one; of what goes back, one for each refund. */
export type GiftMail =
  | { kind: 'receipt'; receivedAt: Date }
  | { kind: 'on-its-way' }
  | { kind: 'not-received' }
  | { kind: 'returned'; refundId: string; amountMinor: number }

/**
 * Queues a mail to the donor, in the caller's transaction; one that is queued already is not queued again, whatever its
 * words would be now. Nothing is written to a donor who has been forgotten.
 */
export async function queueGiftMail(tx: Tx, giftId: string, mail: GiftMail): Promise<void> {
  const kind = mail.kind === 'returned' ? `returned:${mail.refundId}` : mail.kind
  // The gift is held: two who are about to write at once do it one after the other.
  await tx.$queryRaw`select 1 from gift where id = ${giftId}::uuid for update`
  if ((await tx.giftMail.count({ where: { giftId, kind } })) > 0) return
  const gift = await giftOf(tx, giftId)
  if (gift.name === null || gift.email === null) return

  const messageId = await send(tx, { ...gift, name: gift.name, email: gift.email }, mail)
  await tx.giftMail.create({ data: { giftId, kind, messageId, queuedAt: clock.now() } })
}

function giftOf(tx: Tx, id: string) {
  return tx.gift.findUniqueOrThrow({
    where: { id },
    include: { parts: { orderBy: { position: 'asc' }, include: { partner: { select: { name: true } } } } },
  })
}

type Gift = Awaited<ReturnType<typeof giftOf>> & { name: string; email: string }

async function send(tx: Tx, gift: Gift, mail: GiftMail): Promise<string> {
  const charity = await mailCharity(tx)
  const { name, reference } = gift
  const said = {
    charity,
    name,
    reference,
    amount: inFull(gift, Number(gift.amountMinor)),
    ...purposeOf(gift),
  }
  const startedOn = inWords(gift.createdAt)
  switch (mail.kind) {
    case 'receipt':
      return queue(tx, gift, 'donations.receipt', GiftReceipt, {
        ...said,
        frequency: 'once',
        receivedOn: inWords(mail.receivedAt),
      })
    case 'on-its-way':
      return queue(tx, gift, 'donations.on-its-way', GiftOnItsWay, { ...said, frequency: 'once', startedOn })
    case 'not-received':
      return queue(tx, gift, 'donations.not-received', GiftNotReceived, {
        ...said,
        startedOn,
        giveAgainHref: canonicalAddress('/donate'),
      })
    case 'returned':
      return queue(tx, gift, 'donations.returned', GiftReturned, {
        ...said,
        amount: inFull(gift, mail.amountMinor),
        giftAmount: said.amount,
        receivedOn: inWords(gift.receivedAt ?? gift.createdAt),
      })
    default:
      return assertNever(mail)
  }
}

/** Mail that somebody waits for: prompt, and to everyone but whom nothing may be sent. An answer goes to a person. */
async function queue<Props extends object>(
  tx: Tx,
  gift: Gift,
  kind: string,
  email: Email<Props>,
  props: Props,
): Promise<string> {
  invariant(env.resend, 'No mail provider is configured')
  const { contactEmail } = await theCharity(tx)
  const cause = { kind, about: `gift:${gift.id}`, lane: 'prompt', scope: 'all' } as const
  return queueMail(tx, cause, {
    from: env.resend.mailFrom,
    to: gift.email,
    ...(contactEmail === null ? {} : { replyTo: contactEmail }),
    ...(await renderEmail(email, props)),
  })
}

function purposeOf({ parts }: Gift): { purpose: string; forPartner: boolean } {
  const purposes = parts.map(({ partner }) => sayPurpose(partner?.name ?? null))
  return {
    purpose: new Intl.ListFormat('en-GB').format(purposes),
    forPartner: parts.every(({ partner }) => partner !== null),
  }
}

function inFull({ currency }: Gift, amountMinor: number): string {
  invariant(isCurrencyCode(currency), `${currency} is not a currency that Stripe can charge`)
  return formatMoney({ amountMinor, currency }, { everyDecimal: true })
}

function inWords(at: Date): string {
  return sayDay(dayInBritain(at))
}
