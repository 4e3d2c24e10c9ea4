import pg from 'pg'

/** From the ground up: a gift before what hangs on it. */
const tables = ['gift', 'gift_part', 'checkout_attempt']

/** Puts the gifts of one database into another, as they stand, with what was asked for them; nothing that was heard. */
export async function copyGifts(from: string, to: string): Promise<void> {
  await inBoth(from, to, async (source, target) => {
    await target.query('begin')
    for (const table of tables) {
      const { rows } = await source.query<{ all: unknown }>(`select json_agg(t) as all from ${table} t`)
      await target.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(rows[0]?.all ?? []),
      ])
    }
    await target.query('commit')
  })
}

/** Asks a database that is none of this process's own; the first column of the first row. */
export async function askDatabase<Answer>(url: string, sql: string): Promise<Answer | undefined> {
  return inBoth(url, url, async (source) => {
    const { rows } = await source.query<Record<string, Answer>>(sql)
    return Object.values(rows[0] ?? {})[0]
  })
}

async function inBoth<Result>(
  from: string,
  to: string,
  work: (source: pg.Client, target: pg.Client) => Promise<Result>,
): Promise<Result> {
  const [source, target] = [new pg.Client(from), new pg.Client(to)]
  await Promise.all([source.connect(), target.connect()])
  try {
    return await work(source, target)
  } finally {
    await Promise.all([source.end(), target.end()])
  }
}
