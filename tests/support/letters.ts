import { randomBytes, randomUUID } from 'node:crypto'
import type { HoldReason, LetterState } from '#app/letters/letter.ts'
import { isEndedUnsent } from '#app/letters/letter.ts'
import type { ChannelKind } from '#app/representatives/seat.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { addressHash } from '#app/platform/tokens.server.ts'
import { dateOfDay } from '#app/shared/dates.ts'

// Letters, and whom they go to, as they stand in a database. Nothing here writes as the product does.

export const testChamber = { country: 'ZZ', chamber: 'test-assembly' }

type SeatStory = {
  division?: string
  /** null: the seat is vacant. */
  holder?: string | null
  preferred?: ChannelKind | null
  email?: string
}

/** A seat in the tests' own chamber, and who holds it. */
export async function addSeat(story: SeatStory = {}): Promise<{ seatId: string; holderId: string | null }> {
  const { division = `Division ${randomUUID()}`, holder = 'Ada Example' } = story
  const { country, chamber } = testChamber
  const { id: seatId } = await db.seat.create({
    data: {
      ...{ chamber, position: 1, role: 'Member of the Test Assembly' },
      division: { create: { id: `test:${division}`, country, type: 'constituency', name: division } },
    },
  })
  return { seatId, holderId: holder === null ? null : await addHolder(seatId, { ...story, holder }) }
}

/** Somebody new holds the seat: whoever held it does no more. Returns the holder's id. */
export async function addHolder(seatId: string, story: SeatStory & { holder: string }): Promise<string> {
  const { holder: name, preferred = 'email', email = `${randomUUID()}@example.org` } = story
  await db.holder.updateMany({ where: { seatId, endsOn: null }, data: { endsOn: dateOfDay('2026-01-01') } })
  const { id } = await db.holder.create({
    data: {
      ...{ seatId, name, salutation: name, preferred, source: 'test', externalId: `test:${randomUUID()}` },
      ...{ sourceUrl: 'https://example.org/members', retrievedOn: dateOfDay('2026-11-01') },
      channels: { create: [{ kind: 'email', value: email }] },
    },
  })
  return id
}

/** A campaign that writes to the tests' own chamber. Returns its id. */
export async function addCampaign(story: { slug?: string; isSample?: boolean } = {}): Promise<string> {
  const slug = story.slug ?? `campaign-${randomUUID()}`
  const { id } = await db.campaign.create({
    data: {
      ...testChamber,
      slug,
      reference: randomBytes(4).toString('hex').toUpperCase(),
      title: 'Ask for an inquiry',
      goal: 'An inquiry into what the report found.',
      about: 'The report found much that nobody has answered for.',
      asks: ['Open an inquiry.'],
      subject: 'An inquiry, from a constituent in {{seat}}',
      salutation: 'Dear {{salutation}},',
      body: 'I live in {{seat}}, and I ask you to open an inquiry.',
      isSample: story.isSample ?? true,
      updatedAt: clock.now(),
    },
  })
  return id
}

type LetterStory = {
  campaignId?: string
  seatId?: string
  holderId?: string | null
  email?: string
  name?: string
  body?: string
  state?: LetterState
  heldBecause?: HoldReason
  updatesWording?: string
}

/** A letter that stands in the database, in any state but one of those in which it became a mail. Returns its id. */
export async function addLetter(story: LetterStory = {}): Promise<string> {
  const { state = 'awaiting', email = `${randomUUID()}@example.org` } = story
  const seat = story.seatId ? { seatId: story.seatId, holderId: story.holderId ?? null } : await addSeat()
  const campaignId = story.campaignId ?? (await addCampaign())
  const now = clock.now()
  const hash = addressHash(email)
  const supporter = await db.supporter.upsert({
    where: { addressHash: hash },
    create: { address: email, addressHash: hash, createdAt: now },
    update: {},
  })
  const id = randomUUID()
  const said = {
    name: story.name ?? 'Ani Petrosyan',
    postalAddress: '1 Example Street\nExampletown',
    postal: 'ZZ9 9ZA',
    body: story.body ?? 'I ask you to open an inquiry.',
  }
  await db.letter.create({
    data: {
      ...{ id, campaignId, ...seat, state, addressHash: hash, supporterId: supporter.id },
      ...(isEndedUnsent(state) ? {} : said),
      heldBecause: story.heldBecause ?? null,
      updatesWording: story.updatesWording ?? null,
      reference: `L-${id.replaceAll('-', '').slice(0, 8).toUpperCase()}`,
      confirmedAt: state === 'confirmed' || state === 'held' ? now : null,
      createdAt: now,
      stateAt: now,
      moves: { create: { to: state, actor: 'signer', at: now } },
    },
    select: { id: true },
  })
  return id
}
