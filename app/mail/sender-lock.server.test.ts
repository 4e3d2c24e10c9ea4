import { afterAll, expect, test } from 'vitest'
import { env } from '#app/platform/env.server.ts'
import { onServer } from '#tests/support/ground.ts'
import { SENDERS, senderNumber } from './sender-lock.server.ts'

const database = new URL(env.databaseUrl).pathname.slice(1)

/** Lets nobody new into this file's database, or everybody again. */
async function admit(connections: boolean): Promise<void> {
  await onServer(process.env['TEST_DATABASE_URL'] ?? '', (server) =>
    server.query(`alter database ${database} allow_connections ${connections}`),
  )
}

// The database goes at the end of the file, and with it the line that a sender does not outlive.
afterAll(() => {
  process.exit = () => undefined as never
})

test('a sender whom the database would not let in at first is let in later, under one number', async () => {
  await admit(false)
  await expect(senderNumber()).rejects.toThrow()
  await admit(true)
  const number = await senderNumber()
  expect(await senderNumber()).toBe(number)
  await onServer(env.databaseUrl, async (server) => {
    const held = await server.query('select objid from pg_locks where locktype = $1 and classid = $2', [
      'advisory',
      SENDERS,
    ])
    expect(held.rows).toEqual([{ objid: number }])
  })
})
