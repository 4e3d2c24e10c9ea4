import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import type { Sent } from './emails.ts'
import type { KeptKey } from './idempotency.ts'
import type { Received } from './receiving.ts'
import type { Suppression } from './suppressions.ts'
import type { Delivery } from './webhooks.ts'

/** One thing that happened, of those that must outlive the process. */
export type Entry =
  /** Messages, and the key they came with: one line, so that neither is ever there without the other. */
  | { kind: 'taken'; emails: Sent[]; key: KeptKey | null }
  | { kind: 'event'; delivery: Delivery }
  | { kind: 'told'; id: string; state: Delivery['state'] }
  | { kind: 'suppressed'; suppression: Suppression }
  | { kind: 'released'; id: string }
  | { kind: 'received'; email: Received }

/**
 * What the stand-in knows, on disk: a line for each thing that happened, written before anybody is answered. A sandbox
 * that was killed and started again has lost no mail, and takes none twice. Without a file nothing is kept.
 */
export class Kept {
  #file: number | undefined

  constructor(private readonly path: string | undefined) {}

  /** Everything that was kept, in its order. A line that was cut off by a sudden end was never answered for. */
  read(): Entry[] {
    if (!this.path || !existsSync(this.path)) return []
    return readFileSync(this.path, 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          return [JSON.parse(line) as Entry]
        } catch {
          return []
        }
      })
  }

  /** Begins the file anew with what is still of use. Mail holds private links: its owner alone may read it. */
  begin(entries: Entry[]): void {
    if (!this.path) return
    this.close()
    const unfinished = `${this.path}.new`
    this.#file = openSync(unfinished, 'w', 0o600)
    for (const entry of entries) this.write(entry)
    renameSync(unfinished, this.path)
  }

  write(entry: Entry): void {
    if (this.#file !== undefined) writeSync(this.#file, JSON.stringify(entry) + '\n')
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }
}
