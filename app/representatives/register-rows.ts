import { readAddress } from '#app/shared/address.ts'
import { isDay, type Day } from '#app/shared/dates.ts'
import { readRegisterFile, type Line, type RegisterKind } from './register-file.ts'
import { channelKinds, type ChannelKind } from './seat.ts'

/** Somebody who holds a seat, as a register says it. */
export type RepresentativeRow = {
  externalId: string
  country: string
  chamber: string
  role: string
  name: string
  salutation: string
  party: string | null
  divisionId: string
  divisionName: string
  preferred: ChannelKind | null
  channels: { kind: ChannelKind; value: string }[]
  startsOn: Day | null
  endsOn: Day | null
  sourceUrl: string
  licence: string | null
  retrievedOn: Day
}

export type PostalRow = { country: string; postal: string; divisionId: string }

export type DivisionRow = {
  id: string
  country: string
  type: string
  name: string
  parentId: string | null
}

export type Rows =
  | { kind: 'representatives'; rows: RepresentativeRow[] }
  | { kind: 'postal'; rows: PostalRow[] }
  | { kind: 'divisions'; rows: DivisionRow[] }

export type ReadRows = { outcome: 'read'; read: Rows } | { outcome: 'refused'; problems: string[] }

/** Reads the text of a file of a register: all of it, or what is wrong with it, for whoever made it. */
export function readRegister(text: string): ReadRows {
  const file = readRegisterFile(text)
  return file.outcome === 'read' ? readRows(file.kind, file.lines) : file
}

/** Reads the lines of a file of that kind; with what is wrong in any of them, none. */
function readRows(kind: RegisterKind, lines: readonly Line[]): ReadRows {
  const problems: string[] = []
  const each = <Row>(read: (line: Reading) => Row, name: (row: Row) => string): Row[] => {
    const seen = new Map<string, number>()
    return lines.map((line) => {
      const reading = new Reading(line, problems)
      const row = read(reading)
      const before = seen.get(name(row))
      if (before !== undefined) reading.wrong(`says the same as line ${before}: leave one of them out`)
      seen.set(name(row), line.at)
      return row
    })
  }
  const read = ((): Rows => {
    switch (kind) {
      case 'representatives':
        return { kind, rows: each(representative, ({ externalId }) => externalId) }
      case 'postal':
        return { kind, rows: each(postal, (row) => [row.country, row.postal, row.divisionId].join(' ')) }
      case 'divisions':
        return { kind, rows: each(division, ({ id }) => id) }
    }
  })()
  return problems.length > 0 ? { outcome: 'refused', problems } : { outcome: 'read', read }
}

/** A line that is read: what stands in its columns, and a place to say what should not. */
class Reading {
  constructor(
    readonly line: Line,
    readonly problems: string[],
  ) {}

  /** An address that stands in the wrong column is shown no more than in its own. */
  wrong(what: string): void {
    this.problems.push(`Line ${this.line.at} ${what.replace(/"[^"]*@[^"]*"/, 'an email address')}.`)
  }

  /** What stands in a column; null for nothing. Signs that no keyboard has are nobody's name. */
  maybe(name: string): string | null {
    const text = this.line.values[name] ?? ''
    if (/[^\P{Cc}\n]/u.test(text)) this.wrong(`has a control character in ${name}: take it out`)
    return text === '' ? null : text
  }

  text(name: string): string {
    const text = this.maybe(name)
    if (text === null) this.wrong(`has nothing in ${name}, which every line must say`)
    return text ?? ''
  }

  country(): string {
    const text = this.text('country')
    if (text && !/^[A-Z]{2}$/.test(text)) {
      this.wrong(`has "${text}" for country: write the two capital letters of ISO 3166-1, like GB`)
    }
    return text
  }

  day(name: string): Day | null {
    const text = this.maybe(name)
    if (text === null || isDay(text)) return text
    this.wrong(`has "${text}" in ${name}: write a day as 2026-11-25`)
    return null
  }

  web(name: string): string | null {
    const text = this.maybe(name)
    if (text === null || /^https?:\/\/\S+$/.test(text)) return text
    this.wrong(`has "${text}" in ${name}: write an address of the web, https://…`)
    return null
  }
}

function division(line: Reading): DivisionRow {
  return {
    id: line.text('division_id'),
    country: line.country(),
    type: line.text('type'),
    name: line.text('name'),
    parentId: line.maybe('parent_id'),
  }
}

function postal(line: Reading): PostalRow {
  const code = line.text('postal').toUpperCase().replace(/[\s-]/g, '')
  if (code && !/^[A-Z\d]+$/.test(code)) line.wrong(`has "${code}" for postal: write letters and digits`)
  return { country: line.country(), postal: code, divisionId: line.text('division_id') }
}

/** What a line may say of the way in which somebody wants to be written to. */
const preferences = [...channelKinds, 'manual', 'none']

function representative(line: Reading): RepresentativeRow {
  const channels = channelsOf(line)
  const channel = line.text('channel')
  const preferred = channelKinds.find((kind) => kind === channel) ?? null
  if (channel && !preferences.includes(channel)) {
    line.wrong(`has "${channel}" for channel: write ${preferences.join(', ')}`)
  }
  if (preferred && !channels.some(({ kind }) => kind === preferred)) {
    line.wrong(`wants ${preferred}, and has nothing in ${columnOf[preferred]}`)
  }
  const name = line.text('name')
  return {
    externalId: line.text('external_id'),
    country: line.country(),
    chamber: line.text('chamber'),
    role: line.maybe('role') ?? 'Representative',
    name,
    salutation: line.maybe('salutation') ?? name,
    party: line.maybe('party'),
    // Whoever was elected by a list sits for no division of their own: for the country, then.
    divisionId: line.maybe('division_id') ?? `country:${line.maybe('country') ?? ''}`,
    divisionName: line.maybe('division_name') ?? 'by list',
    preferred,
    channels,
    startsOn: line.day('start_date'),
    endsOn: line.day('end_date'),
    sourceUrl: sourceOf(line),
    licence: line.maybe('licence'),
    retrievedOn: line.day('retrieved_at') ?? (missing(line, 'retrieved_at') as Day),
  }
}

const columnOf: Record<ChannelKind, string> = {
  email: 'email',
  webform: 'contact_form_url',
  post: 'postal_address',
  phone: 'phone',
}

function channelsOf(line: Reading): RepresentativeRow['channels'] {
  const values: Record<ChannelKind, string | null> = {
    email: addressOf(line),
    webform: line.web(columnOf.webform),
    post:
      line
        .maybe(columnOf.post)
        ?.split(/\s*[\n|]\s*/)
        .filter(Boolean)
        .join('\n') ?? null,
    phone: line.maybe(columnOf.phone),
  }
  return channelKinds.flatMap((kind) => {
    const value = values[kind]
    return value === null ? [] : [{ kind, value }]
  })
}

/** Nobody's address is guessed at, and none is shown: the file is full of them. */
function addressOf(line: Reading): string | null {
  const text = line.maybe(columnOf.email)
  if (text === null) return null
  const read = readAddress(text)
  if (read.outcome === 'read') return read.address
  line.wrong('has no email address in email: write one mailbox, or leave it empty')
  return null
}

/** Where it can be checked: some registers say it in another column. */
function sourceOf(line: Reading): string {
  for (const name of ['source_url', columnOf.webform, 'website'] as const) {
    if (line.line.values[name]) return line.web(name) ?? ''
  }
  return missing(line, 'source_url')
}

function missing(line: Reading, name: string): string {
  if (!line.line.values[name]) line.wrong(`has nothing in ${name}, which every line must say`)
  return ''
}
