/** What may be noted of something that was thrown. */
export type Fault = {
  type: string
  message: string
  at?: string[]
  cause?: Fault
} & Partial<Record<(typeof tellingNames)[number], string | number>>

/** Names and numbers that are the program's own, never a visitor's. */
const tellingNames = ['code', 'status', 'severity', 'table', 'column', 'constraint', 'routine'] as const

const LONGEST_MESSAGE = 300
/** A cause has a cause, and may be its own. */
const DEEPEST_CAUSE = 4

/**
 * An error without what people wrote. Errors quote what they stumbled over: Prisma the whole record, PostgreSQL the
 * value or the row, JSON.parse the text, URL the address. So of its fields only those that are known to be the program's
 * own are kept, of its message the last line (where Prisma says what is wrong) without what stands in quotes, and of its
 * stack the places.
 */
export function describeFault(thrown: unknown, depth = 0): Fault {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: '[removed]' }
  const fault: Fault = { type: thrown.constructor.name, message: withoutQuotes(thrown.message) }
  for (const name of tellingNames) {
    const value = (thrown as unknown as Record<string, unknown>)[name]
    if (typeof value === 'string' || typeof value === 'number') fault[name] = value
  }
  const places = thrown.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  if (places?.length) fault.at = places.map((line) => line.trim())
  if (thrown.cause !== undefined && depth < DEEPEST_CAUSE)
    fault.cause = describeFault(thrown.cause, depth + 1)
  return fault
}

function withoutQuotes(message: string): string {
  const lastLine = message.trim().split('\n').at(-1) ?? ''
  return (
    lastLine
      // From the first mark to the last: what is quoted may hold marks itself.
      .replace(/".*"/, '"[removed]"')
      .replace(/\S*@\S*/g, '[removed]')
      .slice(0, LONGEST_MESSAGE)
  )
}
