import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** People who write into a database, one row after the other, whatever happens to it. */
export type Writers = {
  /** The rows whose writing the database has confirmed so far. */
  acknowledged: () => number[]
  /** Resolves with the confirmed rows when every writer has put the pen down. */
  stop: () => Promise<number[]>
}

/** Makes the table that they write into. */
export async function preparePaper(url: string): Promise<void> {
  await ask(url, 'create table paper (line bigint primary key)')
}

/** The rows that are there. */
export async function written(url: string): Promise<Set<number>> {
  const rows = await ask(url, 'select line::int from paper')
  return new Set(rows.map(({ line }) => line as number))
}

let line = 0

/** Starts `count` writers, each on a connection of its own, which it replaces when it breaks. */
export function startWriters(url: string, count = 4): Writers {
  const acknowledged: number[] = []
  let writing = true
  const write = async () => {
    while (writing) {
      const client = new pg.Client({ connectionString: url })
      client.on('error', () => undefined)
      try {
        await client.connect()
        while (writing) {
          const mine = ++line
          await client.query('insert into paper values ($1)', [mine])
          acknowledged.push(mine)
        }
      } catch {
        await delay(50)
      } finally {
        await client.end().catch(() => undefined)
      }
    }
  }
  const done = Promise.all(Array.from({ length: count }, write))
  return {
    acknowledged: () => acknowledged,
    stop: async () => {
      writing = false
      await done
      return acknowledged
    },
  }
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}
