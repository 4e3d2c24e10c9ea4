import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { suppress } from '#app/mail/suppressions.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import { tokenOf } from '#app/supporters/private-links.server.ts'
import { thawed } from '#tests/support/frozen.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { answerRequest, sendPrivateLink } from './answers.server.ts'
import { hearComplaints } from './complaints.server.ts'
import { expireRequests } from './expiry.server.ts'
import { findConfirmation, findLeaving, findPreferences } from './private-pages.server.ts'
import {
  askForPreferencesLink,
  askToSubscribe,
  confirmSubscription,
  leaveByLink,
  setPreferences,
} from './subscriptions.server.ts'

// Nothing is sent here: what would be sent lies in the outbox, as it would leave.
vi.hoisted(() => {
  process.env['SANDBOX_MAIL_URL'] = 'http://127.0.0.1:9'
  process.env['SANDBOX_MAIL_SECRET'] = 'whsec_bm8gbWFpbCBsZWF2ZXM='
})

beforeAll(startFromSeed)
beforeEach(async () => {
  clock.set(new Date('2026-12-01T12:00:00Z'))
  await db.$executeRaw`
    truncate supporter, consent, subscription, private_link, wording, suppression, rate_limit, mail_call, message,
      graphile_worker._private_jobs cascade`
})

const wording = 'By pressing “Get updates” you agree.'
const agreed = { wording, given: '/updates' }
const hours = (count: number) => clock.set(new Date(clock.now().getTime() + count * 3_600_000))

/** Presses the button, and lets the background answer. */
async function ask(address = 'ani@example.org', words = wording): Promise<void> {
  expect(await askToSubscribe(address, { wording: words, given: '/updates' }, '198.51.100.1')).toEqual({
    outcome: 'asked',
  })
  await doJobs()
}

/** Does what waits in the queue, in its order, and twice: a worker may die before the queue has noted a job as done. */
async function doJobs(): Promise<void> {
  const jobs = await db.$queryRaw<{ name: string; payload: Record<string, string> }[]>`
    select t.identifier as name, j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier like 'updates.%' order by j.id`
  await db.$executeRaw`truncate graphile_worker._private_jobs`
  for (const { name, payload } of [...jobs, ...jobs]) {
    if (name === 'updates.answer-request') await answerRequest(payload['consentId'] ?? '')
    else await sendPrivateLink(payload['addressHash'] ?? '', payload['requestId'] ?? '')
  }
}

/** What lies in the outbox, oldest first: its kind, and the token of the link in it. */
async function outbox() {
  const calls = await db.mailCall.findMany({ include: { messages: true }, orderBy: { createdAt: 'asc' } })
  return calls.map((call) => {
    const { to, text } = thawed(call.body) as { to: string[]; text: string }
    return {
      kind: call.messages[0]?.kind,
      to: to[0],
      token: /\/(?:updates\/confirm|me)\/([\w-]{22})/.exec(text)?.[1] ?? '',
    }
  })
}

const lastToken = async () => (await outbox()).at(-1)?.token ?? ''
const subscription = () => db.subscription.findFirst({ include: { consent: { include: { wording: true } } } })
const unsubscribeToken = async () => tokenOf('unsubscribe', `subscription:${(await subscription())?.id}`)

/** A minute apart, so that the outbox has an order. */
async function subscribe(address = 'ani@example.org'): Promise<void> {
  await ask(address)
  expect(await confirmSubscription(await lastToken())).toEqual({ outcome: 'confirmed' })
  hours(1 / 60)
}

describe('Ani, who asks for updates,', () => {
  test('is asked by one mail whether it was her, and gets none until she says yes', async () => {
    await ask()
    expect(await outbox()).toEqual([
      {
        kind: 'updates.confirm-subscription',
        to: 'ani@example.org',
        token: expect.stringMatching(/^.{22}$/),
      },
    ])
    expect(await subscription()).toMatchObject({
      state: 'asked',
      topic: 'all',
      consent: { confirmedAt: null },
    })
  })

  test('says yes once: her words, the page and the time are on record', async () => {
    await ask()
    const token = await lastToken()
    hours(1)
    expect(await findConfirmation(db, token)).toEqual({ outcome: 'open', address: 'a…@example.org', wording })
    expect(await confirmSubscription(token)).toEqual({ outcome: 'confirmed' })
    expect(await subscription()).toMatchObject({
      state: 'confirmed',
      consent: {
        given: '/updates',
        wording: { purpose: 'updates', version: 1, text: wording },
      },
    })
    const before = await subscription()
    expect(before?.consent.givenAt.toISOString()).toMatch(/^2026-12-01T12:0/)
    expect(before?.consent.confirmedAt?.toISOString()).toMatch(/^2026-12-01T13:0/)
    hours(1)
    expect(await confirmSubscription(token)).toEqual({ outcome: 'already' })
    expect(await subscription()).toEqual(before)
  })

  test('who presses the button in two windows at the same instant says yes once', async () => {
    await ask()
    const token = await lastToken()
    const answers = await Promise.all([confirmSubscription(token), confirmSubscription(token)])
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['already', 'confirmed'])
  })

  test('and has her first mail lost, asks again, and may answer either mail', async () => {
    await ask()
    hours(1)
    await ask('ANI@Example.org')
    const [first, second] = await outbox()
    expect(second?.to).toBe('ani@example.org')
    expect(await confirmSubscription(first?.token ?? '')).toEqual({ outcome: 'confirmed' })
    expect(await confirmSubscription(second?.token ?? '')).toEqual({ outcome: 'already' })
    expect(await db.consent.count()).toBe(1)
  })

  test('and gets them already, is told so, and nothing changes', async () => {
    await subscribe()
    const before = await subscription()
    await ask()
    expect((await outbox()).map(({ kind }) => kind)).toEqual([
      'updates.confirm-subscription',
      'updates.already-subscribed',
    ])
    expect(await subscription()).toEqual(before)
    expect(await db.consent.count()).toBe(1)
    expect(await findPreferences(db, await lastToken())).toMatchObject({ outcome: 'found' })
  })

  test('after the words were changed agrees to the new ones, and the old ones stay on record', async () => {
    await subscribe()
    await leaveByLink(await unsubscribeToken(), 'one-click')
    await ask('ani@example.org', 'Other words.')
    expect((await subscription())?.consent.wording).toMatchObject({ version: 2, text: 'Other words.' })
    expect(await db.wording.count()).toBe(2)
    expect(await db.consent.count()).toBe(2)
  })
})

test('however many are the first to see new words, they are kept once', async () => {
  const people = Array.from({ length: 8 }, (_, nth) => `n${nth}@example.org`)
  await Promise.all(people.map((address) => askToSubscribe(address, agreed, address)))
  expect(await db.wording.count()).toBe(1)
  expect(await db.consent.count()).toBe(8)
})

describe('Bea, whose address somebody else types in,', () => {
  test('gets no more of them under the other spellings that lead to one mailbox', async () => {
    for (const address of ['a.ni+1@example.org', 'ANI+2@example.org', 'ani+3+4@example.org'])
      await ask(address)
    expect(await outbox()).toHaveLength(3)
    for (const address of ['ani@example.org', 'an.i@example.org', 'ani+5@example.org']) await ask(address)
    expect(await outbox()).toHaveLength(3)
    await ask('bea+1@example.org')
    expect(await outbox()).toHaveLength(4)
  })

  test('gets three mails a day and no more, however often', async () => {
    for (let nth = 0; nth < 6; nth += 1) await ask('bea@example.org')
    expect(await outbox()).toHaveLength(3)
    hours(24)
    await ask('bea@example.org')
    expect(await outbox()).toHaveLength(4)
  })

  test('does nothing, and after 72 hours nothing is known of her', async () => {
    await ask('bea@example.org')
    const token = await lastToken()
    hours(71.9)
    expect(await expireRequests()).toEqual({ expired: 0, forgotten: 0 })
    hours(0.2)
    expect(await confirmSubscription(token)).toEqual({ outcome: 'expired' })
    expect(await expireRequests()).toEqual({ expired: 1, forgotten: 1 })
    expect(await db.supporter.count()).toBe(0)
    expect(await db.consent.count()).toBe(0)
    expect(await findConfirmation(db, token)).toEqual({ outcome: 'expired' })
  })

  test('who left before, is not signed up by it, and what she once agreed to stays on record', async () => {
    await subscribe('bea@example.org')
    await leaveByLink(await unsubscribeToken(), 'unsubscribe page')
    await ask('bea@example.org')
    hours(73)
    expect(await expireRequests()).toEqual({ expired: 1, forgotten: 0 })
    expect(await subscription()).toMatchObject({ state: 'expired' })
    expect(await db.consent.count({ where: { withdrawnBy: 'unsubscribe page' } })).toBe(1)
    expect(await db.suppression.count({ where: { reason: 'unsubscribed' } })).toBe(1)
  })
})

describe.each(['bounced', 'complained'] as const)('an address that %s', (reason) => {
  test('gets no mail, and nothing of the request is kept', async () => {
    await inTransaction((tx) => suppress(tx, addressHash('cem@example.org'), 'all', reason))
    await ask('cem@example.org')
    await askForPreferencesLink('cem@example.org', '198.51.100.1')
    await doJobs()
    expect(await outbox()).toEqual([])
    expect(await db.supporter.count()).toBe(0)
  })

  test('stays away from updates when its owner confirms an older link', async () => {
    await ask('cem@example.org')
    await inTransaction((tx) => suppress(tx, addressHash('cem@example.org'), 'all', reason))
    const token = await lastToken()
    expect(await confirmSubscription(token)).toEqual({ outcome: 'held', why: reason })
    expect(await findConfirmation(db, token)).toEqual({ outcome: 'held', why: reason })
    expect(await db.suppression.count({ where: { reason } })).toBe(1)
  })

  test('is not promised a mail to start updates again when its owner stops them', async () => {
    await subscribe('cem@example.org')
    await inTransaction((tx) => suppress(tx, addressHash('cem@example.org'), 'all', reason))
    const token = await unsubscribeToken()
    expect(await findLeaving(db, token)).toMatchObject({ ended: false, held: reason })
    expect(await leaveByLink(token, 'unsubscribe page')).toEqual({ outcome: 'left' })
    expect(await findLeaving(db, token)).toMatchObject({ ended: true, held: reason })
  })
})

describe('Gor, who reports a message of ours as unwanted,', () => {
  const complain = (address: string, reason: 'complained' | 'bounced' = 'complained') =>
    inTransaction((tx) => suppress(tx, addressHash(address), 'all', reason))

  test('has taken his consent back with it, once, and nobody else has', async () => {
    await subscribe('gor@example.org')
    const token = await unsubscribeToken()
    await subscribe('hasmik@example.org')
    await complain('gor@example.org')
    await complain('hasmik@example.org', 'bounced')
    expect(await hearComplaints()).toBe(1)
    expect(await hearComplaints()).toBe(0)
    const [gor, hasmik] = await db.subscription.findMany({
      include: { consent: true },
      orderBy: { id: 'asc' },
    })
    expect(gor).toMatchObject({
      state: 'left',
      consent: { withdrawnBy: 'complaint', withdrawnAt: expect.any(Date) },
    })
    expect(hasmik).toMatchObject({ state: 'confirmed', consent: { withdrawnAt: null } })
    expect(await findLeaving(db, token)).toMatchObject({ ended: true, held: 'complained' })
    expect(await db.suppression.findMany({ where: { addressHash: addressHash('gor@example.org') } })).toEqual(
      [expect.objectContaining({ scope: 'all', reason: 'complained' })],
    )
  })

  test('before he has confirmed is not signed up by the link he still has', async () => {
    await ask('gor@example.org')
    await complain('gor@example.org')
    expect(await hearComplaints()).toBe(1)
    expect(await confirmSubscription(await lastToken())).toEqual({ outcome: 'held', why: 'complained' })
    expect(await subscription()).toMatchObject({ state: 'left' })
  })

  test('and had stopped before, is on record as having stopped', async () => {
    await subscribe('gor@example.org')
    await leaveByLink(await unsubscribeToken(), 'one-click')
    await complain('gor@example.org')
    expect(await hearComplaints()).toBe(0)
    expect(await subscription()).toMatchObject({ consent: { withdrawnBy: 'one-click' } })
  })
})

describe('Davit, who leaves,', () => {
  test('is taken out at once: his state, his consent, and a mark that outlives both', async () => {
    await subscribe('davit@example.org')
    const token = await unsubscribeToken()
    expect(await leaveByLink(token, 'one-click')).toEqual({ outcome: 'left' })
    expect(await subscription()).toMatchObject({ state: 'left', consent: { withdrawnBy: 'one-click' } })
    expect(await db.suppression.findFirst()).toMatchObject({
      addressHash: addressHash('davit@example.org'),
      scope: 'marketing',
      reason: 'unsubscribed',
    })
    hours(1)
    const before = await subscription()
    expect(await leaveByLink(token, 'unsubscribe page')).toEqual({ outcome: 'left' })
    expect(await subscription()).toEqual(before)
  })

  test('comes back only by confirming anew; then the mark of his leaving is lifted', async () => {
    await subscribe('davit@example.org')
    await leaveByLink(await unsubscribeToken(), 'one-click')
    await ask('davit@example.org')
    expect(await subscription()).toMatchObject({ state: 'asked' })
    expect(await db.suppression.count()).toBe(1)
    expect(await confirmSubscription(await lastToken())).toEqual({ outcome: 'confirmed' })
    expect(await subscription()).toMatchObject({ state: 'confirmed', consent: { withdrawnAt: null } })
    expect(await db.suppression.count()).toBe(0)
  })

  test('before he confirms cannot be signed up by the mail that is under way', async () => {
    await subscribe('davit@example.org')
    await leaveByLink(await unsubscribeToken(), 'one-click')
    await ask('davit@example.org')
    await leaveByLink(await unsubscribeToken(), 'one-click')
    expect(await confirmSubscription(await lastToken())).toEqual({ outcome: 'stopped' })
    expect(await subscription()).toMatchObject({ state: 'left' })
  })
})

describe('Eva, who asks for her private link,', () => {
  test('gets one that works for a day, and sees what she gets and agreed to', async () => {
    await subscribe('eva@example.org')
    await askForPreferencesLink('Eva@example.org', '198.51.100.1')
    await doJobs()
    expect(await outbox()).toHaveLength(2)
    const token = await lastToken()
    expect(await findPreferences(db, token)).toEqual({
      outcome: 'found',
      address: 'e…@example.org',
      held: null,
      updates: {
        state: 'confirmed',
        since: '2026-12-01',
        agreed: { wording, on: '2026-12-01', confirmedOn: '2026-12-01', withdrawnOn: null },
      },
    })
    hours(24)
    expect(await findPreferences(db, token)).toEqual({ outcome: 'expired' })
    expect(await setPreferences(token, { updates: 'stop' })).toEqual({ outcome: 'expired' })
    expect(await subscription()).toMatchObject({ state: 'confirmed' })
  })

  test('stops them with it, and starts them only by a mail to her own mailbox', async () => {
    await subscribe('eva@example.org')
    const token = tokenOf('preferences', `supporter:${(await subscription())?.supporterId}`)
    expect(await setPreferences(token, { updates: 'stop' })).toEqual({ outcome: 'stopped' })
    expect(await subscription()).toMatchObject({ state: 'left', consent: { withdrawnBy: 'preferences' } })
    expect(await setPreferences(token, { updates: 'start', agreed: { wording, given: '/me' } })).toEqual({
      outcome: 'asked',
    })
    await doJobs()
    expect(await subscription()).toMatchObject({ state: 'asked', consent: { given: '/me' } })
    expect(await confirmSubscription(await lastToken())).toEqual({ outcome: 'confirmed' })
  })

  test('gets nothing when we do not know her', async () => {
    await askForPreferencesLink('eva@example.org', '198.51.100.1')
    await doJobs()
    expect(await outbox()).toEqual([])
  })

  test('cannot open it with the link of another purpose', async () => {
    await subscribe('eva@example.org')
    expect(await findPreferences(db, await unsubscribeToken())).toEqual({ outcome: 'unknown' })
    expect(
      await leaveByLink(
        tokenOf('preferences', `supporter:${(await subscription())?.supporterId}`),
        'one-click',
      ),
    ).toEqual({
      outcome: 'unknown',
    })
  })
})

test('one network may ask twenty times an hour, for whatever it asks', async () => {
  for (let nth = 0; nth < 10; nth += 1) {
    expect(await askToSubscribe(`n${nth}@example.org`, agreed, '203.0.113.9')).toEqual({ outcome: 'asked' })
    expect(await askForPreferencesLink('n@example.org', '203.0.113.9')).toEqual({ outcome: 'asked' })
  }
  expect(await askToSubscribe('late@example.org', agreed, '203.0.113.9')).toMatchObject({
    outcome: 'limited',
  })
  expect(await askForPreferencesLink('n@example.org', '203.0.113.9')).toMatchObject({ outcome: 'limited' })
  expect(await askToSubscribe('late@example.org', agreed, '203.0.113.10')).toEqual({ outcome: 'asked' })
  expect(await db.supporter.count({ where: { address: 'late@example.org' } })).toBe(1)
})

test('whoever asks once more while they are being forgotten is not lost', async () => {
  await ask('flora@example.org')
  hours(73)
  await Promise.all([expireRequests(), askToSubscribe('flora@example.org', agreed, '198.51.100.1')])
  await doJobs()
  expect(await subscription()).toMatchObject({ state: 'asked' })
  expect(await confirmSubscription(await lastToken())).toEqual({ outcome: 'confirmed' })
})
