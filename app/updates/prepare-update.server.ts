import { randomUUID } from 'node:crypto'
import { BATCH_LIMIT, queueBatch, type Cause } from '#app/mail/outbox.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction, type Tx } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { enqueue } from '#app/platform/queue.server.ts'
import { invariant } from '#app/shared/invariant.ts'
import { nextListeners, type Listener } from './audience.server.ts'
import { letterWriter, type Edition } from './edition.server.ts'

/**
 * A page of the audience becomes one batch of mail, in a transaction of its own: short, because whoever else puts
 * something into the outbox meanwhile waits for it; and a megabyte of mail at a time is all that memory holds.
 */
const PAGE = BATCH_LIMIT

/** So many pages, and the job ends and asks to be called again: a worker that is told to end need not wait for more. */
const PAGES_A_JOB = 50

/** Turns the audiences of updates that were started into mail, until no update is left that needs it. */
export async function prepareUpdates(): Promise<void> {
  for (let page = 0; page < PAGES_A_JOB; page += 1) {
    const next = await db.update.findFirst({
      where: { state: 'preparing' },
      orderBy: { createdAt: 'asc' },
      select: { id: true },
    })
    if (!next) return
    await preparePage(next.id)
  }
  await inTransaction((tx) => enqueue(tx, 'updates.prepare', {}, { key: 'updates.prepare' }))
}

/** Turns the whole audience of one update into mail. Does the rest of it when some is done already. */
export async function prepareUpdate(id: string): Promise<void> {
  while ((await preparePage(id)) === 'more');
}

/**
 * Takes the next page of an update's audience: a delivery for each, with its basis, and a message in the outbox or the
 * reason why there is none. All of the page is done or nothing; of two who try at once, the second waits, and takes the
 * page after.
 */
export function preparePage(id: string): Promise<'more' | 'done'> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`select 1 from update where id = ${id}::uuid for update`
    const update = await tx.update.findUniqueOrThrow({ where: { id } })
    if (update.state !== 'preparing') return 'done'
    const listeners = await nextListeners(tx, update.createdAt, update.preparedTo, PAGE)
    await recordDeliveries(tx, update, listeners)
    const more = listeners.length === PAGE
    await tx.update.update({
      where: { id },
      data: {
        preparedTo: listeners.at(-1)?.subscriptionId ?? update.preparedTo,
        ...(more ? {} : { state: 'sending', preparedAt: clock.now() }),
      },
    })
    return more ? 'more' : 'done'
  })
}

async function recordDeliveries(
  tx: Tx,
  update: Edition & { id: string },
  listeners: Listener[],
): Promise<void> {
  invariant(env.resend, 'Mail needs a provider to go through')
  const writeTo = letterWriter(update, env.resend.mailFrom)
  const letters = listeners.flatMap(({ fate }) => ('send' in fate ? [writeTo(fate.send)] : []))
  const messageIds = letters.length === 0 ? [] : await queueBatch(tx, causeOf(update.id), letters)
  const next = messageIds.values()
  const went = listeners.map(({ fate }) => ('send' in fate ? (next.next().value ?? null) : null))
  const skipped = listeners.map(({ fate }) => ('skip' in fate ? fate.skip : null))
  await tx.$executeRaw`
    insert into delivery (id, update_id, subscription_id, address_hash, consent_id, message_id, skipped)
    select id, ${update.id}::uuid, subscription_id, address_hash, consent_id, message_id, skipped
    from unnest(${listeners.map(() => randomUUID())}::uuid[], ${listeners.map((one) => one.subscriptionId)}::uuid[],
                ${listeners.map((one) => one.addressHash)}::text[], ${listeners.map((one) => one.consentId)}::uuid[],
                ${went}::uuid[], ${skipped}::text[])
         as each (id, subscription_id, address_hash, consent_id, message_id, skipped)`
}

function causeOf(updateId: string): Cause {
  return { kind: 'updates.update', about: `update:${updateId}`, lane: 'updates', scope: 'marketing' }
}
