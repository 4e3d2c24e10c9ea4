import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'

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
