import type { Day } from '#app/shared/dates.ts'
import type { RepresentativeRow } from './register-rows.ts'
import type { ChannelKind } from './seat.ts'

/** A term that is not over, as it is kept. */
export type OpenTerm = {
  holderId: string
  externalId: string
  country: string
  chamber: string
  divisionId: string
  role: string
  name: string
  salutation: string
  party: string | null
  preferred: ChannelKind | null
  channels: { kind: ChannelKind; value: string }[]
  startsOn: Day | null
  /** Announced, and still to come. */
  endsOn: Day | null
  sourceUrl: string
  licence: string | null
  retrievedOn: Day
}

/** What a newer file of a source does to its open terms. */
export type TermChanges = {
  begins: RepresentativeRow[]
  /** `fields`: what is said otherwise, in words for whoever looks at it before; empty where only the day is newer. */
  changes: { holderId: string; row: RepresentativeRow; fields: string[] }[]
  ends: (OpenTerm & { endsOn: Day })[]
  /** Terms that the file says are over: they make a seat known that may be vacant by now. */
  past: RepresentativeRow[]
}

/** Compares the open terms of a source with its newest file. Whoever holds another seat ends one term and begins another. */
export function compareTerms(
  open: readonly OpenTerm[],
  rows: readonly RepresentativeRow[],
  today: Day,
): TermChanges {
  const sitting = rows.filter(({ endsOn }) => endsOn === null || endsOn > today)
  const past = rows.filter((row) => !sitting.includes(row))
  const byId = new Map(sitting.map((row) => [row.externalId, row]))
  const kept = new Map(
    open.flatMap((term) => {
      const row = byId.get(term.externalId)
      return row && isSameSeat(term, row) ? [[term.externalId, { term, row }] as const] : []
    }),
  )
  return {
    begins: sitting.filter(({ externalId }) => !kept.has(externalId)),
    changes: [...kept.values()].flatMap(({ term, row }) => {
      const fields = fieldsThatDiffer(term, row)
      const isNewer = term.retrievedOn !== row.retrievedOn
      return fields.length > 0 || isNewer ? [{ holderId: term.holderId, row, fields }] : []
    }),
    ends: open
      .filter(({ externalId }) => !kept.has(externalId))
      .map((term) => ({ ...term, endsOn: lastDayOf(term, past, today) })),
    past,
  }
}

/** As the file says it; otherwise the day on which nobody says any more that they sit. */
function lastDayOf({ externalId, startsOn }: OpenTerm, past: readonly RepresentativeRow[], today: Day): Day {
  const said = past.find((row) => row.externalId === externalId)?.endsOn ?? today
  return startsOn !== null && startsOn > said ? startsOn : said
}

/** More than this share of a source's people do not lose their seats between two files: the file is cut short. */
export const MOST_GONE = 0.1

/** True when a file holds so few of those who were there that something must be wrong with it. */
export function isCutShort(open: readonly OpenTerm[], { ends, begins }: TermChanges): boolean {
  return ends.length - begins.length > open.length * MOST_GONE
}

function isSameSeat(term: OpenTerm, row: RepresentativeRow): boolean {
  return term.country === row.country && term.chamber === row.chamber && term.divisionId === row.divisionId
}

function fieldsThatDiffer(term: OpenTerm, row: RepresentativeRow): string[] {
  const plain = [
    'name',
    'salutation',
    'party',
    'role',
    'preferred',
    'startsOn',
    'endsOn',
    'sourceUrl',
    'licence',
  ] as const
  const ways = (['email', 'webform', 'post', 'phone'] as const).filter(
    (kind) => valueOf(term.channels, kind) !== valueOf(row.channels, kind),
  )
  return [...plain.filter((field) => term[field] !== row[field]).map((field) => inWords[field]), ...ways]
}

const inWords = {
  name: 'name',
  salutation: 'salutation',
  party: 'party',
  role: 'role',
  preferred: 'how they want to be written to',
  startsOn: 'start of the term',
  endsOn: 'end of the term',
  sourceUrl: 'source',
  licence: 'licence',
}

function valueOf(channels: OpenTerm['channels'], kind: ChannelKind): string | undefined {
  return channels.find((channel) => channel.kind === kind)?.value
}
