import { createHash, randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '#app/platform/db.server.ts'
import { chance, shuffled } from '../sandbox/parts/chance.ts'
import { startHouse, startWorker, type House, type Running } from '../support/house.ts'

// The provider tells us of many messages at once, each piece of news three times, in any order, while two workers take it
// in. WEBHOOKS=10000 is the promise; a run of all tests, on a machine with little time, tells a part of it.
const pieces = Number(process.env['WEBHOOKS'] ?? 200)
const seed = Number(process.env['SEED'])
const secret = `whsec_${Buffer.from('known to tests alone').toString('base64')}`
const noon = Date.UTC(2026, 10, 23, 12)

let house: House
let workers: Running[]
beforeAll(async () => {
  const url = process.env['DATABASE_URL'] ?? ''
  const settings = { SANDBOX_MAIL_URL: 'http://127.0.0.1:9', SANDBOX_MAIL_SECRET: secret, LOG_LEVEL: 'warn' }
  house = await startHouse(url, settings)
  workers = await Promise.all([startWorker(url, settings), startWorker(url, settings)])
})
afterAll(() => Promise.all([house, ...workers].map((process) => process.stop())))

type News = { id: string; body: string }
type Sent = { id: string; providerId: string }

const messages: Sent[] = Array.from({ length: Math.ceil(pieces / 4) }, () => ({
  id: randomUUID(),
  providerId: randomUUID(),
}))
const calls = Array.from({ length: Math.ceil(messages.length / 50) }, () => randomUUID())

/** Everything as it was before any news: of every third batch nobody knows whether it was taken. */
async function beforeAnyNews(): Promise<void> {
  await db.mailEvent.deleteMany()
  await db.suppression.deleteMany()
  await db.message.deleteMany()
  await db.mailCall.deleteMany()
  const at = new Date(noon)
  const isUncertain = (nth: number) => nth % 3 === 0
  await db.mailCall.createMany({
    data: calls.map((id, nth) => ({
      id,
      endpoint: '/emails/batch',
      lane: 'updates',
      idempotencyKey: id,
      body: isUncertain(nth) ? Buffer.from('[]') : null,
      state: isUncertain(nth) ? 'uncertain' : 'accepted',
      dueAt: at,
      firstAttemptAt: at,
      createdAt: at,
    })),
  })
  await db.message.createMany({
    data: messages.map(({ id, providerId }, nth) => {
      const call = Math.floor(nth / 50)
      return {
        id,
        kind: 'updates.update',
        about: 'update:1',
        lane: 'updates',
        scope: 'marketing',
        // Several messages to each person, so that what is known of one address comes from several messages.
        addressHash: `hash-${nth % Math.ceil(messages.length / 5)}`,
        callId: calls[call] ?? '',
        position: nth % 50,
        state: isUncertain(call) ? 'uncertain' : 'accepted',
        address: isUncertain(call) ? 'ani@example.org' : null,
        providerId: isUncertain(call) ? null : providerId,
        createdAt: at,
        stateAt: at,
      }
    }),
  })
}

/** Shares of what the provider tells, added up. */
const fates = [
  [0.3, 'email.sent'],
  [0.55, 'email.delivered'],
  [0.7, 'email.delivery_delayed'],
  [0.75, 'email.bounced', { type: 'Transient', subType: 'MailboxFull' }],
  [0.8, 'email.bounced', { type: 'Transient', subType: 'General' }],
  [0.85, 'email.bounced', { type: 'Permanent', subType: 'NoEmail' }],
  [0.9, 'email.bounced', { type: 'Permanent', subType: 'General' }],
  [1, 'email.complained'],
] as const

/** What becomes of the messages: most arrive, some late, some not, some people complain. One in forty is not ours. */
function whatHappens(): News[] {
  const news: News[] = []
  for (let nth = 0; news.length < pieces; nth++) {
    const message = messages[nth % messages.length]
    const draw = chance(seed, 'what', nth)
    const [, type, bounce] = fates.find(([upTo]) => draw < upTo) ?? []
    const ours = nth % 40 !== 39
    const data = {
      email_id: ours ? message?.providerId : randomUUID(),
      ...(ours ? { tags: { message: message?.id } } : {}),
      ...(bounce ? { bounce } : {}),
    }
    const created_at = new Date(noon + Math.floor(chance(seed, 'when', nth) * 86_400_000)).toISOString()
    news.push({ id: `msg_${nth}`, body: JSON.stringify({ type, created_at, data }) })
  }
  return news
}

/** Posts all of it as the provider does, a few at a time. */
async function tell(news: News[]): Promise<void> {
  const queue = news.values()
  const signer = new Webhook(secret)
  const tellInTurn = async () => {
    for (const { id, body } of queue) {
      const now = new Date()
      const answer = await house.fetch('/webhooks/resend', {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'svix-id': id,
          'svix-timestamp': String(Math.floor(now.getTime() / 1000)),
          'svix-signature': signer.sign(id, now, body),
        },
      })
      if (answer.status !== 200) throw new Error(`${id}: ${answer.status} ${await answer.text()}`)
    }
  }
  await Promise.all(Array.from({ length: 12 }, tellInTurn))
}

async function everythingTakenIn(): Promise<void> {
  const open = async () => {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from graphile_worker.jobs where task_identifier = 'mail.fold-news'`
    return row?.count
  }
  await expect.poll(open, { timeout: 600_000, interval: 100 }).toBe(0)
}

/** All that the news has led to, but for when we heard of it. */
async function whatIsKnown() {
  const known = {
    messages: await db.message.findMany({
      select: { id: true, state: true, reason: true, providerId: true, address: true },
      orderBy: { id: 'asc' },
    }),
    calls: await db.mailCall.findMany({
      select: { id: true, state: true, body: true },
      orderBy: { id: 'asc' },
    }),
    suppressions: await db.suppression.findMany({
      select: { addressHash: true, scope: true, reason: true },
      orderBy: [{ addressHash: 'asc' }, { scope: 'asc' }],
    }),
    events: await db.mailEvent.findMany({ omit: { receivedAt: true }, orderBy: { id: 'asc' } }),
  }
  return { ...known, hash: createHash('sha256').update(JSON.stringify(known)).digest('hex') }
}

test(
  `${pieces} pieces of news, each told three times, in three orders: one state`,
  { timeout: 3_600_000 },
  async () => {
    const news = whatHappens()
    const hashes = new Set<string>()
    for (const order of [1, 2, 3]) {
      await beforeAnyNews()
      await tell(shuffled([...news, ...news, ...news], `${seed}/${order}`))
      await everythingTakenIn()
      const { hash, events, messages: after, suppressions } = await whatIsKnown()
      hashes.add(hash)
      expect(events).toHaveLength(pieces)
      // Only what is about nobody's message is still to be taken in.
      expect(events.filter(({ folded }) => !folded)).toHaveLength(Math.floor(pieces / 40))
      const states = after.map(({ state }) => state)
      for (const state of ['delivered', 'bounced', 'complained', 'delayed']) expect(states).toContain(state)
      expect(new Set(suppressions.map(({ reason }) => reason))).toEqual(new Set(['bounced', 'complained']))
    }
    expect(hashes.size).toBe(1)
    expect(workers.flatMap((worker) => worker.log()).filter(({ level }) => Number(level) >= 50)).toEqual([])
  },
)
