/** What a gift, or a part of one, is for: a partner's id, or null for where it is most needed. */
export type Purpose = string | null

const MOST_NEEDED = 'where-most-needed'

/** The fund that money for this purpose is kept in. */
export function fundFor(partnerId: Purpose): string {
  return partnerId === null ? MOST_NEEDED : `partner:${partnerId}`
}

/** Whose fund it is; null for where it is most needed. */
export function purposeOf(fundId: string): Purpose {
  return fundId === MOST_NEEDED ? null : fundId.replace(/^partner:/, '')
}

/** What a gift is for, as it follows "for": "the work of PARTNER", or "where it is most needed". */
export function sayPurpose(partnerName: string | null): string {
  return partnerName === null ? 'where it is most needed' : `the work of ${partnerName}`
}
