import { afterAll } from 'vitest'
import { freshDatabase } from './database.ts'
import { testSettings } from './settings.ts'

// Runs before the imports of each test file in a process of its own: what the file imports finds its own database.

/** A test's own process calls nobody: its worker does, and has a post office and a payment desk. Nobody listens here. */
const providers = {
  SANDBOX_MAIL_URL: 'http://127.0.0.1:9',
  SANDBOX_MAIL_SECRET: `whsec_${Buffer.from('of no use').toString('base64')}`,
  SANDBOX_PAYMENTS_URL: 'http://127.0.0.1:9',
  SANDBOX_PAYMENTS_SECRET: `whsec_${Buffer.from('of no use').toString('base64')}`,
}

const database = await freshDatabase()
Object.assign(process.env, testSettings, providers, { LOG_LEVEL: 'silent', DATABASE_URL: database.url })

afterAll(() => database.drop())
