import { queueMail } from '#app/mail/outbox.server.ts'
import { db, inTransaction, pool } from '#app/platform/db.server.ts'

// Puts one message into the outbox, to the address of the first argument, and says its id.

const [to = ''] = process.argv.slice(2)
const cause = { kind: 'tests.news', about: `address:${to}`, lane: 'prompt', scope: 'all' } as const
const words = `News for ${to}`
const id = await inTransaction((tx) =>
  queueMail(tx, cause, {
    from: 'updates@charity.example',
    to,
    subject: words,
    html: `<p>${words}</p>`,
    text: words,
  }),
)
process.stdout.write(`${id}\n`)
await db.$disconnect()
await pool.end()
