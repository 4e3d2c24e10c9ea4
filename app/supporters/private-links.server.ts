import { clock } from '#app/platform/clock.server.ts'
import type { Reader, Tx } from '#app/platform/db.server.ts'
import { randomToken, standingToken, tokenHash } from '#app/platform/tokens.server.ts'

/** What a private link is for. A token opens its own purpose and no other. */
export type LinkPurpose = 'confirm-subscription' | 'unsubscribe' | 'preferences'

/** What a link leads to. `about` names it as "subscription:ID"; everything but `open` says why it leads nowhere. */
export type FoundLink =
  | { outcome: 'open'; about: string }
  | { outcome: 'used'; about: string }
  | { outcome: 'expired' }
  | { outcome: 'unknown' }

/** A link that has expired still says so for this long; then nobody needs to know that it was there. */
const REMEMBERED_DAYS = 30

/** Makes a link that works until `expiresAt`. Returns its token, which is kept nowhere else: it goes into one mail. */
export async function makeLink(
  tx: Tx,
  purpose: LinkPurpose,
  about: string,
  expiresAt: Date,
): Promise<string> {
  const token = randomToken()
  await tx.privateLink.create({
    data: { tokenHash: tokenHash(token), purpose, about, createdAt: clock.now(), expiresAt },
  })
  return token
}

/** Makes the link that stands in every mail to somebody, if it is not made yet. `tokenOf` gives its token. */
export async function makeStandingLink(tx: Tx, purpose: LinkPurpose, about: string): Promise<void> {
  await tx.privateLink.createMany({
    data: { tokenHash: tokenHash(standingToken(purpose, about)), purpose, about, createdAt: clock.now() },
    skipDuplicates: true,
  })
}

/** The token of a standing link, the same each time; no question to the database. */
export function tokenOf(purpose: LinkPurpose, about: string): string {
  return standingToken(purpose, about)
}

/** What a token opens. Changes nothing: whoever follows a link, and mail scanners follow all of them, only looks. */
export async function findLink(reader: Reader, purpose: LinkPurpose, token: string): Promise<FoundLink> {
  const link = await reader.privateLink.findUnique({ where: { tokenHash: tokenHash(token) } })
  if (link?.purpose !== purpose) return { outcome: 'unknown' }
  if (link.usedAt) return { outcome: 'used', about: link.about }
  if (link.expiresAt && link.expiresAt <= clock.now()) return { outcome: 'expired' }
  return { outcome: 'open', about: link.about }
}

/** Spends a link that acts once. Of two requests at the same instant one gets `open`, the other `used`. */
export async function spendLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<FoundLink> {
  await tx.$queryRaw`select 1 from private_link where token_hash = ${tokenHash(token)} for update`
  const link = await findLink(tx, purpose, token)
  if (link.outcome === 'open')
    await tx.privateLink.update({ where: { tokenHash: tokenHash(token) }, data: { usedAt: clock.now() } })
  return link
}

/** Forgets links that expired long ago. Returns how many. */
export async function pruneLinks(tx: Tx): Promise<number> {
  const before = new Date(clock.now().getTime() - REMEMBERED_DAYS * 86_400_000)
  const { count } = await tx.privateLink.deleteMany({ where: { expiresAt: { lt: before } } })
  return count
}
