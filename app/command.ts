import { seedWhenEmpty } from '#prisma/seed/seed.ts'
import { booksCommand } from './books/books-command.server.ts'
import { donationsCommand } from './donations/donations-command.server.ts'
import { mailCommand } from './mail/mail-command.server.ts'
import { closeDb, CommandRefused, dbCommand } from './platform/db-command.server.ts'
import { env } from './platform/env.server.ts'
import { representativesCommand } from './representatives/representatives-command.server.ts'
import { updatesCommand } from './updates/updates-command.server.ts'

// `npm run NAME -- ARGS…`: every command of the product, on one page.
const commands: Record<string, (args: string[]) => Promise<void>> = {
  books: booksCommand,
  db: (args) => dbCommand(args, (tx) => seedWhenEmpty(tx, env.mode)),
  donations: donationsCommand,
  mail: mailCommand,
  representatives: representativesCommand,
  updates: updatesCommand,
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
try {
  if (!command)
    throw new CommandRefused(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`)
  await command(args)
} catch (error) {
  if (!(error instanceof CommandRefused)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
await closeDb()
// The schema engine leaves a timer of ten seconds behind; nobody should wait for it.
process.exit()
