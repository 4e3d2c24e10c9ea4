import { closeSync, existsSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'

/**
 * What the stand-in knows, on disk: a line for each thing that happened, written before anybody is answered. A sandbox
 * that was killed and started again has lost nothing, and takes nothing twice. Without a file nothing is kept.
 */
export class Kept<Entry> {
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

  /** Begins the file anew with what is still of use. What people sent is private: its owner alone may read it. */
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
