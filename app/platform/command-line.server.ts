import { parseArgs } from 'node:util'
import { CommandRefused } from './db-command.server.ts'

/** What was typed after a verb: the words, and what follows each `--flag`. */
export type TypedCommand<Flag extends string> = { words: string[]; flags: Partial<Record<Flag, string>> }

/** Reads it; a flag that is none of these, or that nothing follows, is refused with `usage`. */
export function readCommand<Flag extends string>(
  args: string[],
  flags: readonly Flag[],
  usage: string,
): TypedCommand<Flag> {
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }]))
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    const typed = flags.flatMap((flag) => {
      const value = values[flag]
      return typeof value === 'string' ? [[flag, value.trim()] as const] : []
    })
    return { words: positionals, flags: Object.fromEntries(typed) as Partial<Record<Flag, string>> }
  } catch (error) {
    if (error instanceof TypeError) throw new CommandRefused(usage)
    throw error
  }
}
