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
