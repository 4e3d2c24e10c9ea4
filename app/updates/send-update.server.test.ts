import { createHash } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { saveCharity, theCharity } from '#app/charity/charity.server.ts'
import { suppress } from '#app/mail/suppressions.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import { tokenOf } from '#app/supporters/private-links.server.ts'
import { thawed } from '#tests/support/frozen.ts'
import { startFromSeed } from '#tests/support/database.ts'
import { addresses, confirmSubscribers, forgetUpdates, type Subscriber } from '#tests/support/subscribers.ts'
import { preparePage, prepareUpdate, prepareUpdates } from './prepare-update.server.ts'
import { updateProgress } from './progress.server.ts'
import { planUpdate, startUpdate } from './send-update.server.ts'
import type { UpdateContent } from './update.ts'

const news: UpdateContent = {
  slug: 'news',
  subject: 'Snow & "what <it> brought"',
  preview: 'Three things',
  markdown: 'Dear friends,\n\nread [the page](https://example.org/?a=1&b=2).',
}

beforeAll(startFromSeed)
afterEach(forgetUpdates)

const start = (content = news) => inTransaction((tx) => startUpdate(tx, content))

async function started(content = news): Promise<string> {
  const result = await start(content)
  if (result.outcome !== 'started') throw new Error(`It was not started: ${result.outcome}`)
  return result.id
}

type Wire = {
  to: string[]
  from: string
  subject: string
  html: string
  text: string
  headers: Record<string, string>
}

/** Every message in the outbox, as its bytes lie there. */
async function frozen(): Promise<Wire[]> {
  const calls = await db.mailCall.findMany({ orderBy: { createdAt: 'asc' } })
  return calls.flatMap(({ body }) => thawed(body) as Wire[])
}

/** To whom an update went, how often each. */
const receivers = async () => (await frozen()).flatMap(({ to }) => to).sort()

async function leave({ subscriptionId, addressHash: hash }: Subscriber): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.subscription.update({
      where: { id: subscriptionId },
      data: { state: 'left', stateAt: new Date(clock.now().getTime() + 1) },
    })
    await suppress(tx, hash, 'marketing', 'unsubscribed')
  })
}

describe('An update that is started', () => {
  test('goes to everyone who has confirmed, once, with the consent that it rests on', async () => {
    const people = await confirmSubscribers(addresses(250))
    const id = await started()
    await prepareUpdate(id)
    expect(await receivers()).toEqual(people.map(({ address }) => address).sort())
    const deliveries = await db.delivery.findMany({ where: { updateId: id }, include: { consent: true } })
    expect(new Map(deliveries.map((one) => [one.addressHash, one.consentId]))).toEqual(
      new Map(people.map((one) => [one.addressHash, one.consentId])),
    )
    for (const { consent } of deliveries) expect(consent?.confirmedAt).toBeInstanceOf(Date)
    expect(await db.mailCall.findMany({ select: { endpoint: true, lane: true } })).toEqual(
      Array(3).fill({ endpoint: '/emails/batch', lane: 'updates' }),
    )
    expect(await updateProgress(db, id)).toEqual({
      prepared: true,
      audience: 250,
      messages: { queued: 250 },
      skipped: {},
    })
  })

  test('goes out by itself: the job is there if and only if the update is', async () => {
    await confirmSubscribers(['ani@example.org'])
    await inTransaction(async (tx) => {
      await startUpdate(tx, news)
      throw new Error('taken back')
    }).catch(() => undefined)
    await prepareUpdates()
    expect(await receivers()).toEqual([])
    await started()
    const jobs =
      await db.$queryRaw`select task_identifier as name from graphile_worker.jobs where key = 'updates.prepare'`
    expect(jobs).toEqual([{ name: 'updates.prepare' }])
    await prepareUpdates()
    expect(await receivers()).toEqual(['ani@example.org'])
  })

  test('and started again is the same one: nobody gets it twice', async () => {
    await confirmSubscribers(['ani@example.org', 'bea@example.org'])
    const id = await started()
    await prepareUpdate(id)
    const { preparedAt } = await db.update.findUniqueOrThrow({ where: { id } })
    expect(await start()).toEqual({ outcome: 'already-started', id })
    await prepareUpdates()
    await prepareUpdate(id)
    expect(await db.update.findUnique({ where: { id } })).toMatchObject({ preparedAt })
    expect(await receivers()).toEqual(['ani@example.org', 'bea@example.org'])
  })

  test('by two people at the same instant is started once', async () => {
    await confirmSubscribers(['ani@example.org'])
    const outcomes = (await Promise.all([start(), start(), start()])).map(({ outcome }) => outcome)
    expect(outcomes.sort()).toEqual(['already-started', 'already-started', 'started'])
    expect(await db.update.count()).toBe(1)
  })

  test('keeps its address: other words under it are refused', async () => {
    await started()
    for (const change of [{ subject: 'Other' }, { preview: 'Other' }, { markdown: 'Other' }]) {
      expect(await start({ ...news, ...change })).toEqual({ outcome: 'slug-taken' })
    }
    expect(await db.update.count()).toBe(1)
  })

  test('is one edition, whatever staff or a new version change in the middle', async () => {
    await confirmSubscribers(addresses(150))
    const id = await started()
    await preparePage(id)
    await inTransaction(async (tx) => saveCharity(tx, { ...(await theCharity(tx)), name: 'Renamed' }))
    await prepareUpdate(id)
    expect(new Set((await frozen()).map(masked)).size).toBe(1)
  })
})

describe('An update that is wrong is refused, and nothing of it is stored:', () => {
  test.each<[string, Partial<UpdateContent>]>([
    ['a subject that would add a header', { subject: 'News\r\nBcc: all@example.org' }],
    ['HTML in its text', { markdown: '<script>alert(1)</script>' }],
    ['an address that is none', { slug: 'No Slug' }],
    ['the address of a page', { slug: 'check' }],
    ['a mail that programs would cut', { markdown: 'All the news there is. '.repeat(4_000) }],
  ])('%s', async (_, wrong) => {
    expect(await start({ ...news, ...wrong })).toMatchObject({ outcome: 'refused' })
    expect(await planUpdate(db, { ...news, ...wrong })).toMatchObject({ outcome: 'refused' })
    expect(await db.update.count()).toBe(0)
  })
})

describe('Who is not to get it', () => {
  test('is skipped, with the reason, and everybody is accounted for', async () => {
    const [ani, bea, cem, dan] = await confirmSubscribers(
      ['ani', 'bea', 'cem', 'dan'].map((name) => `${name}@example.org`),
    )
    await inTransaction(async (tx) => {
      await suppress(tx, addressHash('BEA@example.org'), 'all', 'bounced')
      await suppress(tx, cem?.addressHash ?? '', 'marketing', 'complained')
      await tx.consent.update({
        where: { id: dan?.consentId ?? '' },
        data: { withdrawnAt: clock.now(), withdrawnBy: 'preferences' },
      })
    })
    const plan = await planUpdate(db, news)
    const skipped = { bounced: 1, complained: 1, 'no consent': 1 }
    expect(plan).toMatchObject({ audience: { size: 4, skipped: new Map(Object.entries(skipped)) } })
    const id = await started()
    await prepareUpdate(id)
    expect(await receivers()).toEqual([ani?.address])
    expect(await updateProgress(db, id)).toMatchObject({ audience: 4, messages: { queued: 1 }, skipped })
    expect(await db.delivery.findFirst({ where: { addressHash: bea?.addressHash ?? '' } })).toMatchObject({
      skipped: 'bounced',
      messageId: null,
    })
  })

  test('because they never confirmed, or left before, is no part of its audience', async () => {
    const [asked, left] = await confirmSubscribers(['asked@example.org', 'left@example.org'])
    await db.subscription.update({ where: { id: asked?.subscriptionId ?? '' }, data: { state: 'asked' } })
    await db.subscription.update({ where: { id: left?.subscriptionId ?? '' }, data: { state: 'left' } })
    const id = await started()
    await prepareUpdate(id)
    expect(await updateProgress(db, id)).toMatchObject({ audience: 0, messages: {}, skipped: {} })
  })

  test('because they confirmed after it was started, gets the next one', async () => {
    await confirmSubscribers(addresses(150, 'early'))
    const id = await started()
    await preparePage(id)
    await confirmSubscribers(addresses(120, 'late'), new Date(clock.now().getTime() + 1))
    await prepareUpdate(id)
    expect((await receivers()).filter((address) => address.startsWith('late'))).toEqual([])
    expect(await updateProgress(db, id)).toMatchObject({ audience: 150, messages: { queued: 150 } })
  })

  test('because they left while it was being prepared, is counted as one who left', async () => {
    const people = await confirmSubscribers(addresses(150))
    const id = await started()
    await preparePage(id)
    const prepared = await db.delivery.findMany({ select: { addressHash: true } })
    const done = new Set(prepared.map((delivery) => delivery.addressHash))
    const leaver = people.find((person) => !done.has(person.addressHash))
    if (leaver) await leave(leaver)
    await prepareUpdate(id)
    expect(await receivers()).not.toContain(leaver?.address)
    expect(await updateProgress(db, id)).toEqual({
      prepared: true,
      audience: 150,
      messages: { queued: 149 },
      skipped: { unsubscribed: 1 },
    })
  })
})

describe('Preparing that is cut short', () => {
  test('between two pages goes on where it stopped', async () => {
    await confirmSubscribers(addresses(350))
    const id = await started()
    await preparePage(id)
    await preparePage(id)
    expect(await updateProgress(db, id)).toMatchObject({ prepared: false, audience: 200 })
    await prepareUpdates()
    expect(await receivers()).toEqual(addresses(350).sort())
    expect(await updateProgress(db, id)).toMatchObject({ prepared: true, audience: 350 })
  })

  test('within a page leaves nothing of that page behind', async () => {
    await confirmSubscribers(addresses(150))
    const id = await started()
    // The last statement of the page fails, as it does when the connection breaks.
    await db.$executeRaw`alter table update add constraint broken check (prepared_to is null) not valid`
    await expect(preparePage(id)).rejects.toThrow()
    await db.$executeRaw`alter table update drop constraint broken`
    expect(await receivers()).toEqual([])
    expect(await db.delivery.count()).toBe(0)
    await prepareUpdate(id)
    expect(await receivers()).toEqual(addresses(150).sort())
  })

  test('or done by several workers at once, is done once', async () => {
    await confirmSubscribers(addresses(450))
    const id = await started()
    await Promise.all([prepareUpdate(id), prepareUpdate(id), prepareUpdates()])
    expect(await receivers()).toEqual(addresses(450).sort())
    expect(await updateProgress(db, id)).toMatchObject({ prepared: true, audience: 450 })
  })
})

describe('Every mail of an update', () => {
  test('has both headers of one-click unsubscribing, and one receiver', async () => {
    const people = await confirmSubscribers(addresses(120))
    await prepareUpdate(await started())
    const byAddress = new Map(people.map((one) => [one.address, one]))
    const mails = await frozen()
    expect(mails).toHaveLength(120)
    for (const mail of mails) {
      const person = byAddress.get(mail.to[0] ?? '')
      const token = tokenOf('unsubscribe', `subscription:${person?.subscriptionId}`)
      expect(mail.to).toHaveLength(1)
      expect(mail).not.toHaveProperty('cc')
      expect(mail).not.toHaveProperty('bcc')
      expect(mail.headers).toEqual({
        'List-Unsubscribe': `<http://localhost:3000/unsubscribe/${token}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      })
      for (const edition of [mail.html, mail.text]) {
        expect(edition).toContain(`http://localhost:3000/unsubscribe/${token}`)
        expect(edition).toContain(
          `http://localhost:3000/me/${tokenOf('preferences', `supporter:${person?.supporterId}`)}`,
        )
        expect(edition).toContain('http://localhost:3000/updates/news')
      }
    }
  })

  test('is what was rendered at the start, but for each person’s own links: preview and mail have one hash', async () => {
    const [ani] = await confirmSubscribers(['ani@example.org', 'bea@example.org'])
    const id = await started()
    await prepareUpdate(id)
    const update = await db.update.findUniqueOrThrow({ where: { id } })
    const hashes = (await frozen()).map((mail) => hashOf(masked(mail)))
    expect(hashes).toEqual(Array(2).fill(hashOf(masked(update))))
    // And nothing else in it is anybody's.
    for (const mail of await frozen()) expect(masked(mail)).not.toContain(ani?.address)
  })

  test('holds the subject as it was written, and no mark that should have been filled in', async () => {
    await confirmSubscribers(['ani@example.org'])
    await prepareUpdate(await started())
    const [mail] = await frozen()
    expect(mail?.subject).toBe('Snow & "what <it> brought"')
    expect(mail?.html).toContain('Snow &amp; &quot;what &lt;it&gt; brought&quot;')
    expect(`${mail?.html}${mail?.text}`).not.toMatch(/unsubscribe-[\w-]{10}|preferences-[\w-]{10}|undefined/)
  })

  test('stays whole when the text talks of the very marks that are filled in', async () => {
    const people = await confirmSubscribers(['ani@example.org'])
    const written = 'We write unsubscribe-AAAAAAAAAA and preferences-AAAAAAAAAA and $& and $1.'
    await prepareUpdate(await started({ ...news, markdown: written }))
    const [mail] = await frozen()
    expect(mail?.html).toContain(written.replaceAll('&', '&amp;'))
    expect(
      mail?.html.split(tokenOf('unsubscribe', `subscription:${people[0]?.subscriptionId}`)),
    ).toHaveLength(2)
  })
})

function masked({ html, text, subject }: Pick<Wire, 'html' | 'text' | 'subject'>): string {
  return [subject, html, text].join('\0').replace(/(?<=\/(unsubscribe|me)\/)[\w-]{22}/g, 'TOKEN')
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
