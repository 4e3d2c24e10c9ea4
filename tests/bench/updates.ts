import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { queueMail } from '#app/mail/outbox.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { startUpdate } from '#app/updates/send-update.server.ts'
import type { LogLine } from '../sandbox/resend/log-line.ts'
import { startWorker } from '../support/house.ts'
import { projectRoot } from '../support/settings.ts'
import { addresses, confirmSubscribers } from '../support/subscribers.ts'
import type { Bench, Say } from './run.ts'

const RECIPIENTS = 50_000
const RECEIPTS = 200
/** The stand-in's default, and Resend's: every request of every process counts. */
const PER_SECOND = 10
/** Until the workers know the provider's rate, and the first batches are on their way. */
const WARM_UP_MS = 5_000

/** What it takes to turn 50,000 people into mail, and how receipts fare while all of it is sent. */
export const updatesBench: Bench = async ({ databaseUrl, post }, say) => {
  const names = addresses(RECIPIENTS)
  for (let from = 0; from < RECIPIENTS; from += 1000) await confirmSubscribers(names.slice(from, from + 1000))
  await startLongUpdate()
  await prepare(say)

  await post.control('PUT', 'settings', { perSecond: PER_SECOND, keep: 0, deliveryMs: 3_600_000 })
  const settings = { ...post.settings, LOG_LEVEL: 'warn' }
  const workers = await Promise.all([startWorker(databaseUrl, settings), startWorker(databaseUrl, settings)])
  await delay(WARM_UP_MS)
  const from = Date.now()
  const queued = await queueReceipts()
  while ((await db.mailCall.count({ where: { state: { in: ['waiting', 'in_flight'] } } })) > 0)
    await delay(500)
  await Promise.all(workers.map((worker) => worker.stop()))
  tellSending(await post.log(), from, queued, say)
}

/**
 * What preparing took. `stallCpuMs` is the most that was computed between two turns of the event loop: unlike a turn's
 * length, it does not grow when other programs want the machine.
 */
export type Prepared = {
  seconds: number
  cpuSeconds: number
  memoryMB: number
  stallMs: number
  stallCpuMs: number
}

async function startLongUpdate(): Promise<void> {
  const text =
    'Dear friends, this is a paragraph of news – as long as “such a paragraph” is in a letter. '.repeat(5)
  const markdown = Array.from({ length: 8 }, () => text.trim()).join('\n\n')
  const content = { slug: 'news', subject: 'News', preview: 'What has changed', markdown }
  const started = await inTransaction((tx) => startUpdate(tx, content))
  if (started.outcome !== 'started') throw new Error(`The update was not started: ${started.outcome}`)
}

async function prepare(say: Say): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/bench/prepare-update.ts'], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [prepared] = (await once(child, 'message')) as [Prepared]
  await once(child, 'exit')
  say({
    figure: 'preparing',
    recipients: await db.message.count(),
    cpuSeconds: round(prepared.cpuSeconds),
    seconds: round(prepared.seconds),
  })
  say({ figure: 'memory that preparing takes, MB', most: round(prepared.memoryMB) })
  say({
    figure: 'longest stall of the event loop while preparing, ms',
    most: round(prepared.stallMs),
    computing: round(prepared.stallCpuMs),
  })
}

/** Queues receipts one by one, spread over most of the time that sending takes. Returns when each was queued. */
async function queueReceipts(): Promise<Map<string, number>> {
  const queued = new Map<string, number>()
  const cause = { kind: 'donations.receipt', about: 'bench', lane: 'prompt', scope: 'all' } as const
  for (let nth = 0; nth < RECEIPTS; nth++) {
    await delay(150 + Math.random() * 300)
    const letter = { from: 'receipts@charity.example', to: `donor-${nth}@example.org` }
    const text = 'Thank you.'
    const id = await inTransaction((tx) =>
      queueMail(tx, cause, { ...letter, subject: 'Your receipt', html: `<p>${text}</p>`, text }),
    )
    queued.set(id, Date.now())
  }
  return queued
}

function tellSending(log: LogLine[], from: number, queued: Map<string, number>, say: Say): void {
  const taken = log.filter(({ outcome, at }) => outcome === 'accepted' && Date.parse(at) >= from)
  const to = Math.max(
    ...taken.filter(({ route }) => route === 'POST /emails/batch').map(({ at }) => Date.parse(at)),
  )
  const seconds = (to - from) / 1000
  const within = taken.filter(({ at }) => Date.parse(at) <= to)
  const waits = taken
    .flatMap(({ at, accepted }) =>
      accepted.map(({ tags }) => Date.parse(at) - (queued.get(tags['message'] ?? '') ?? Number.NaN)),
    )
    .filter((wait) => !Number.isNaN(wait))
    .sort((a, b) => a - b)
  const updates = within.filter(({ route }) => route === 'POST /emails/batch')
  say({
    figure: 'share of the rate ceiling used',
    ceiling: `${PER_SECOND} requests a second`,
    windowSeconds: round(seconds),
    share: round(within.length / seconds / PER_SECOND, 2),
    updatesPerSecond: Math.round(updates.reduce((sum, { accepted }) => sum + accepted.length, 0) / seconds),
  })
  say({
    figure: 'from a receipt queued to taken while updates are sent, ms',
    receipts: waits.length,
    p50: waits[Math.floor(waits.length * 0.5)],
    p95: waits[Math.floor(waits.length * 0.95)],
    most: waits.at(-1),
  })
  say({
    figure: 'requests refused for their rate after warm-up',
    count: log.filter(({ status, at }) => status === 429 && Date.parse(at) >= from).length,
  })
}

function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
