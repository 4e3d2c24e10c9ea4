/** What a log keeps of an error. */
export type LoggedError = {
  type: string
  code?: string | undefined
  constraint?: string | undefined
  message: string
  stack: string
}

/**
 * An error as it may stand in a log. The database's own messages, and those of its client, repeat what a query was about
 * to write ("Key (email)=(…) already exists"): of those only the code, the constraint and the places in our code are
 * kept, which is enough to find the fault.
 */
export function errorForLog(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something other than an error was thrown', stack: '' }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const spoken = speaksOfData(error)
  return {
    type: error.name,
    code: typeof code === 'string' ? code : undefined,
    constraint: typeof constraint === 'string' ? constraint : undefined,
    message: spoken ? 'left out: it may repeat what was to be written' : error.message,
    stack: spoken ? framesOf(error) : (error.stack ?? ''),
  }
}

/** Prisma's errors, the driver's, and whatever was thrown because of one. */
function speaksOfData(error: Error): boolean {
  const isDriver = 'severity' in error && 'routine' in error
  const causedByOne = error.cause instanceof Error && speaksOfData(error.cause)
  return /^(Prisma|DriverAdapter)/.test(error.name) || isDriver || causedByOne
}

function framesOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
}
