import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'

/** One message that was taken, with what it takes to count it: to whom, and which of the sender's it was. */
export type AcceptedLine = { id: string; to: string[]; tags: Record<string, string> }

/** One request, as the log tells of it. */
export type LogLine = {
  number: number
  /** The stand-in's own time. */
  at: string
  route: string
  path: string
  key: string | null
  /** `accepted` took messages, `replayed` answered from the key, `refused` took nothing, `answered` only told something. */
  outcome: 'accepted' | 'replayed' | 'answered' | 'refused'
  status: number
  error: string | null
  /** What was done to it on purpose. */
  fault: string | null
  /** The ids in the answer, whether or not it ever arrived. */
  ids: string[]
  /** Only with `accepted`: each message stands in the log once in its life. */
  accepted: AcceptedLine[]
}

/**
 * What happened, one JSON object a line, written before the answer leaves: a proof that counts here counts what was
 * taken, also when the sender never heard of it. Without a file the lines are kept in memory alone.
 */
export class RequestLog {
  #file: number | undefined
  #lines: LogLine[] = []

  constructor(file: string | undefined) {
    if (!file) return
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
    this.#file = openSync(file, 'a', 0o600)
  }

  write(line: LogLine): void {
    if (this.#file === undefined) this.#lines.push(line)
    else writeSync(this.#file, JSON.stringify(line) + '\n')
  }

  /** The lines, when there is no file to read them from. */
  get lines(): readonly LogLine[] {
    return this.#lines
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}
