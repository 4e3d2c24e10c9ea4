import { afterAll } from 'vitest'
import { freshDatabase } from './database.ts'
import { testSettings } from './settings.ts'

// Runs before the imports of each test file in a process of its own: what the file imports finds its own database.

/** A test's own process only queues mail; a worker with a post office of its own sends it. Nobody listens here. */
const provider = {
  SANDBOX_MAIL_URL: 'http://127.0.0.1:9',
  SANDBOX_MAIL_SECRET: `whsec_${Buffer.from('of no use').toString('base64')}`,
}

const database = await freshDatabase()
Object.assign(process.env, testSettings, provider, { LOG_LEVEL: 'silent', DATABASE_URL: database.url })

afterAll(() => database.drop())
