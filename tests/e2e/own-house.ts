import { freshDatabase } from '../support/database.ts'
import { openWholeHouse, type WholeHouse } from '../support/whole-house.ts'
import { test as base } from './console.ts'

/** A whole house, and the address of its database. */
export type OwnHouse = WholeHouse & { databaseUrl: string }

/** For tests that move the payment desk's clock or hold its news: nobody else pays there. */
export const test = base.extend<object, { all: OwnHouse }>({
  all: [
    async ({ browserName: _ }, use) => {
      const database = await freshDatabase('seeded')
      const all = await openWholeHouse(database.url)
      await use({ ...all, databaseUrl: database.url })
      await all.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ all }, use) => use(all.house.url),
})
