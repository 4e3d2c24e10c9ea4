import { writeFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Change } from '../sabotage.ts'

/**
 * The worker, and a death at one of its commits: the file in `DRILL_TARGET` says at which place in the code, just before or
 * just after, and at the how-manieth time. Every place that it comes past is noted, so that each has its turn.
 */
export const mortality: Change[] = [
  {
    file: 'app/platform/db.server.ts',
    line: 'return db.$transaction(work, TIMES)',
    by: `const { appendFileSync, readFileSync } = process.getBuiltinModule('node:fs')
  const frames = (new Error().stack ?? '').split('\\n').slice(2).map((frame) => frame.trim().split(' ').slice(1, -1))
  const names = frames.map((words) => words.at(-1) ?? '')
  const place = names.find((name) => name !== '' && name !== 'inTurn' && !name.startsWith('process.')) ?? ''
  const target = readFileSync(process.env['DRILL_TARGET'] ?? '', 'utf8')
  const life = ((globalThis as { drill?: { target: string; seen: Map<string, number> } }).drill ??= {
    target,
    seen: new Map<string, number>(),
  })
  if (life.target !== target) Object.assign(life, { target, seen: new Map<string, number>() })
  const nth = (life.seen.get(place) ?? 0) + 1
  life.seen.set(place, nth)
  if (nth === 1) appendFileSync(process.env['DRILL_NOTES'] ?? '', 'saw ' + place + '\\n')
  const [at, when, count] = target.split('|')
  const perhapsDie = (moment: string) => {
    if (at !== place || when !== moment || Number(count) !== nth) return
    appendFileSync(process.env['DRILL_NOTES'] ?? '', 'died ' + moment + ' ' + place + '\\n')
    process.kill(process.pid, 'SIGKILL')
  }
  return db.$transaction(async (tx) => {
    const result = await work(tx)
    perhapsDie('before')
    return result
  }, TIMES).then((result) => {
    perhapsDie('after')
    return result
  })`,
  },
]

/** What the mortal workers are told, and what they wrote down of their lives. */
export class Notes {
  readonly #folder: string
  readonly #notes: string
  readonly #target: string

  constructor(folder: string) {
    this.#folder = folder
    this.#notes = path.join(folder, 'notes')
    this.#target = path.join(folder, 'target')
    writeFileSync(this.#notes, '')
    writeFileSync(this.#target, '')
  }

  get settings(): Record<string, string> {
    return { DRILL_NOTES: this.#notes, DRILL_TARGET: this.#target }
  }

  /** Says where a worker is to die in this order: each place in turn, before and after, at the first time, the second … */
  async aim(order: number): Promise<string> {
    // Who dies before they have begun to work has not begun.
    const places = (await this.read()).places.filter((place) => place !== 'startWorker')
    const moments = places.flatMap((place) => [`${place}|before`, `${place}|after`])
    const round = Math.floor((order - 1) / moments.length)
    const target = `${moments[(order - 1) % moments.length]}|${1 + (round % 5)}`
    await writeFile(this.#target, `${target}|${order}`)
    return target
  }

  async read(): Promise<{ places: string[]; deaths: string[] }> {
    const lines = (await readFile(this.#notes, 'utf8')).split('\n')
    const after = (word: string) =>
      lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1))
    return { places: [...new Set(after('saw'))].toSorted(), deaths: after('died') }
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true })
  }
}
