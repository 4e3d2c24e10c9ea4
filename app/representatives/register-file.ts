import { CsvError, parse } from 'csv-parse/sync'

// The three files by which a register is taken in: CSV with a header, or JSON, an array of objects with the same keys.

/** The columns of each file. Those without which a line says nothing are required; others may be left out. */
export const columns = {
  representatives: {
    required: [
      ...['external_id', 'country', 'chamber', 'role', 'name', 'division_id', 'division_name', 'channel'],
      ...['source_url', 'retrieved_at'],
    ],
    others: [
      ...['given_name', 'family_name', 'salutation', 'party', 'region', 'email', 'contact_form_url', 'phone'],
      ...['postal_address', 'website', 'languages', 'start_date', 'end_date', 'source', 'licence'],
    ],
  },
  postal: { required: ['country', 'postal', 'division_id'], others: ['weight', 'source'] },
  divisions: {
    required: ['division_id', 'country', 'type', 'name'],
    others: ['parent_id', 'valid_from', 'valid_until'],
  },
} as const

export type RegisterKind = keyof typeof columns

const kinds = ['representatives', 'postal', 'divisions'] as const satisfies RegisterKind[]

/** A line of a file: its number (an entry's, in JSON), and what stands in each column, without the spaces around it. */
export type Line = { at: number; values: Partial<Record<string, string>> }

export type RegisterFile =
  | { outcome: 'read'; kind: RegisterKind; lines: Line[] }
  /** What is wrong, for whoever made the file. */
  | { outcome: 'refused'; problems: string[] }

/** Reads the text of a file, and tells by its header which of the three it is. */
export function readRegisterFile(text: string): RegisterFile {
  const table = /^\s*\[/.test(text) ? fromJson(text) : fromCsv(text)
  if (!Array.isArray(table)) return { outcome: 'refused', problems: [table.problem] }
  const [first] = table
  if (!first) return { outcome: 'refused', problems: ['The file has no line but its header.'] }
  const names = Object.keys(first.values)
  const kind = kinds.find((each) => columns[each].required.every((name) => names.includes(name)))
  if (!kind) return { outcome: 'refused', problems: [whichColumns(names)] }
  return { outcome: 'read', kind, lines: table }
}

/** The file that comes nearest, and what it lacks. */
function whichColumns(names: string[]): string {
  const lacking = (kind: RegisterKind) => columns[kind].required.filter((name) => !names.includes(name))
  const near = kinds.toSorted((a, b) => lacking(a).length - lacking(b).length)[0] ?? 'representatives'
  return `The header fits none of the three files. It is nearest to ${near}, and lacks ${lacking(near).join(', ')}.`
}

type Unreadable = { problem: string }

function fromCsv(text: string): Line[] | Unreadable {
  try {
    const rows = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true })
    return (rows as unknown as { record: Record<string, string>; info: { lines: number } }[]).map(
      ({ record, info }) => ({ at: info.lines - lineBreaks(Object.values(record)), values: record }),
    )
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // What the library says of it repeats what stands there, and that may be somebody's address.
    return {
      problem:
        `The file is no CSV in line ${String(error['lines'])}: each line has as many values as the header, and one with ` +
        'a comma or a quotation mark in it stands in quotation marks.',
    }
  }
}

/** A line is named by where it begins, and the library tells where it ends. */
function lineBreaks(values: readonly string[]): number {
  return values.join('').split('\n').length - 1
}

function fromJson(text: string): Line[] | Unreadable {
  try {
    const entries: unknown = JSON.parse(text)
    if (!Array.isArray(entries)) return { problem: 'The JSON file must be an array of entries.' }
    return entries.map((entry: unknown, nth) => ({ at: nth + 1, values: textsOf(entry) }))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { problem: 'The file begins like JSON, and is none.' }
  }
}

function textsOf(entry: unknown): Record<string, string> {
  if (typeof entry !== 'object' || entry === null) return {}
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '',
    ]),
  )
}
