/** The ways in which a holder of a seat can be written to. */
export const channelKinds = ['email', 'webform', 'post', 'phone'] as const
export type ChannelKind = (typeof channelKinds)[number]

/** Who a campaign writes to: the holders of seats in one chamber of one country. */
export type Chamber = { country: string; chamber: string }

/** A seat as a supporter is shown it. Never an email address: only a letter's dispatch learns that. */
export type SeatShown = {
  id: string
  /** The division that elects it: "Harbour". */
  division: string
  /** "Member of Parliament" */
  role: string
  /** Who holds it today; null while it is vacant. */
  holder: HolderShown | null
}

export type HolderShown = {
  id: string
  name: string
  party: string | null
  /** How a letter reaches them. */
  way: WayShown
  /** Where what we know of them can be checked, and on which day somebody last did ("2026-11-20"). */
  sourceUrl: string
  retrievedOn: string
}

/** How a letter reaches a holder, as far as a supporter needs to know. `none`: they cannot be written to, or nobody knows how. */
export type WayShown =
  | { kind: 'email' }
  | { kind: 'webform'; url: string }
  | { kind: 'post'; lines: string[] }
  | { kind: 'phone'; number: string }
  | { kind: 'none' }

/** What is known for a postal code that somebody typed. */
export type LookUp =
  /** One or more: where a code lies in several divisions, the supporter says which is theirs. */
  | { outcome: 'found'; postal: string; seats: [SeatShown, ...SeatShown[]] }
  /** It looks like a code of that country, and none of ours begins like it. */
  | { outcome: 'unknown'; postal: string }
  | { outcome: 'malformed' }
  | { outcome: 'empty' }
