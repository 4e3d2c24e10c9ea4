import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'

/** What every line says of its request. */
export type RequestLine = {
  number: number
  /** The stand-in's own time. */
  at: string
  route: string
  path: string
  key: string | null
  status: number
  error: string | null
  /** What was done to it on purpose. */
  fault: string | null
}

/** A fault as the log names it. */
export function faultName(fault: string | { error: string } | null): string | null {
  return fault === null || typeof fault === 'string' ? fault : `error ${fault.error}`
}

/**
 * What happened, one JSON object a line, written before the answer leaves: a proof that counts here counts what was
 * taken, also when whoever asked never heard of it. Without a file the lines are kept in memory alone.
 */
export class RequestLog<Line> {
  #file: number | undefined
  #lines: Line[] = []

  constructor(file: string | undefined) {
    if (!file) return
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true })
    this.#file = openSync(file, 'a', 0o600)
  }

  write(line: Line): void {
    if (this.#file === undefined) this.#lines.push(line)
    else writeSync(this.#file, JSON.stringify(line) + '\n')
  }

  /** The lines, when there is no file to read them from. */
  get lines(): readonly Line[] {
    return this.#lines
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}
