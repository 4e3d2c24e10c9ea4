import { afterAll } from 'vitest'
import { freshDatabase } from './database.ts'
import { testSettings } from './settings.ts'

// Runs before the imports of each test file in a process of its own: what the file imports finds its own database.

const database = await freshDatabase()
Object.assign(process.env, testSettings, { LOG_LEVEL: 'silent', DATABASE_URL: database.url })

afterAll(() => database.drop())
