import { pino } from 'pino'
import { env } from './env.server.ts'
import { describeFault } from './fault.ts'
import { remember } from './remember.server.ts'

/**
 * The log: one JSON object a line on standard output. Log ids, states and counts; never a name, an address, a
 * postcode, a token or a URL's query. The paths below are a net for mistakes, not a licence to make them.
 */
export const log = remember('log', () =>
  pino({
    level: env.logLevel,
    base: { role: env.processName },
    serializers: { err: (error: unknown) => describeFault(error) },
    redact: {
      paths: ['*.email', '*.name', '*.address', '*.postcode', '*.token', '*.authorization', '*.cookie'],
      censor: '[removed]',
    },
  }),
)
