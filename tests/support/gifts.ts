import { randomBytes, randomUUID } from 'node:crypto'
import type { GiftState } from '#app/donations/gift.ts'
import { referenceFrom } from '#app/donations/gift.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { tokenHash } from '#app/platform/tokens.server.ts'

type Story = {
  id?: string
  state?: GiftState
  amountMinor?: number
  currency?: string
  partnerId?: string | null
  email?: string
  updatesWording?: string
}

/** A gift that stands in the database, as if its form had been sent. Returns its id. */
export async function addGift(story: Story = {}): Promise<string> {
  const { id = randomUUID(), state = 'started', amountMinor = 2500, currency = 'GBP' } = story
  const now = clock.now()
  await db.gift.create({
    data: {
      ...{ id, state, amountMinor, currency },
      tokenHash: tokenHash(id),
      reference: referenceFrom(randomBytes(8)),
      name: 'Ani',
      email: story.email ?? 'ani@example.org',
      updatesWording: story.updatesWording ?? null,
      createdAt: now,
      stateAt: now,
      parts: { create: { position: 0, partnerId: story.partnerId ?? null, amountMinor } },
    },
    select: { id: true },
  })
  return id
}

/** Those of these gifts that are not in the database yet. */
export async function addGifts(ids: readonly (string | null)[]): Promise<void> {
  for (const id of new Set(ids)) {
    if (id !== null && (await db.gift.count({ where: { id } })) === 0) await addGift({ id })
  }
}
