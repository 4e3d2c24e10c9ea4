import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readHouse, rules } from './support/architecture.ts'
import { breachesIn } from './support/small-house.ts'

describe('In this house', () => {
  const house = readHouse(path.resolve(import.meta.dirname, '..'))

  test('there is something to look at', () => {
    expect(house.sources.map(({ path }) => path)).toContain('app/routes.ts')
  })

  test.each(Object.entries(rules))('%s', (_, breaches) => {
    expect(breaches(house)).toEqual([])
  })
})

describe('A small house that keeps every rule is let be', () => {
  test.each(Object.keys(rules) as (keyof typeof rules)[])('%s', (rule) => {
    expect(breachesIn({}, rule)).toEqual([])
  })
})

describe('A house that breaks a rule is told so', () => {
  test('a folder that nobody planned is refused', () => {
    expect(
      breachesIn({ 'app/lottery/draw.ts': '' }, 'every folder of app/ has its place in the plan'),
    ).toEqual([
      "app/lottery/draw.ts is in no part of the plan: put it in one, or add its folder to the plan's floors.",
    ])
  })

  test('an import without its extension is refused', () => {
    expect(
      breachesIn(
        { 'app/letters/letter.ts': `import { money } from '#app/shared/money'` },
        'every import names a file, with its extension',
      ),
    ).toEqual([
      'app/letters/letter.ts imports #app/shared/money, and there is no such file: write the whole name.',
    ])
  })

  describe('the parts of the house import only what is below them:', () => {
    const breaches = (files: Record<string, string>) =>
      breachesIn(files, 'the parts of the house import only what is below them')

    test('shared that looks up is refused', () => {
      expect(breaches({ 'app/shared/dates.ts': `import '../platform/clock.server.ts'` })).toEqual([
        'app/shared/dates.ts imports app/platform/clock.server.ts. What is shared is pure and knows only itself.',
      ])
    })

    test('a button that fetches its own data is refused', () => {
      expect(breaches({ 'app/ui/button.tsx': `import { db } from '#app/platform/db.server.ts'` })).toEqual([
        'app/ui/button.tsx imports app/platform/db.server.ts. ' +
          'ui knows only shared and itself: hand it what it shows as a prop.',
      ])
    })

    test('a platform that knows what a letter is, is refused', () => {
      expect(breaches({ 'app/platform/log.server.ts': `import '#app/letters/letter.ts'` })).toEqual([
        'app/platform/log.server.ts imports app/letters/letter.ts. letters stands above platform: arrows point down.',
      ])
    })

    test('mail that knows what a gift is, is refused', () => {
      expect(breaches({ 'app/mail/outbox.server.ts': `import '#app/partners/partners.server.ts'` })).toEqual([
        'app/mail/outbox.server.ts imports app/partners/partners.server.ts. ' +
          'partners stands above mail: arrows point down.',
      ])
    })

    test('a part that walks into its neighbour is refused, and told which neighbours it knows', () => {
      expect(
        breaches({ 'app/letters/dispatch.server.ts': `import '#app/partners/partners.server.ts'` }),
      ).toEqual([
        'app/letters/dispatch.server.ts imports app/partners/partners.server.ts. ' +
          'Of its neighbours letters knows only representatives and report: ' +
          'join the two in a page, or in the composition.',
      ])
    })

    test('a neighbour who is known does not get to know us back', () => {
      expect(breaches({ 'app/report/report.server.ts': `import '#app/letters/letter.ts'` })).toEqual([
        'app/report/report.server.ts imports app/letters/letter.ts. ' +
          'Report knows none of its neighbours: join the two in a page, or in the composition.',
      ])
    })

    test('a page that borrows more than a reading from another part is refused', () => {
      expect(breaches({ 'app/letters/routes/write.tsx': `import '#app/updates/update.ts'` })).toEqual([
        'app/letters/routes/write.tsx imports app/updates/update.ts. ' +
          'A page may read from another part, through its .server.ts files only.',
      ])
    })

    test('a part that leans on the desk is refused', () => {
      expect(breaches({ 'app/partners/partners.server.ts': `import '#app/staff/desk.server.ts'` })).toEqual([
        'app/partners/partners.server.ts imports app/staff/desk.server.ts. ' +
          'staff stands above partners: arrows point down.',
      ])
    })

    test('a part that knows the composition is refused', () => {
      expect(breaches({ 'app/staff/desk.server.ts': `export { jobs } from '#app/worker.ts'` })).toEqual([
        'app/staff/desk.server.ts imports app/worker.ts. It puts the parts together; no part knows it.',
      ])
    })

    test('an import that waits is an import', () => {
      expect(
        breaches({ 'app/shared/dates.ts': `export const late = () => import('../ui/button.tsx')` }),
      ).toEqual([
        'app/shared/dates.ts imports app/ui/button.tsx. What is shared is pure and knows only itself.',
      ])
    })

    test('passing on is importing', () => {
      expect(breaches({ 'app/shared/dates.ts': `export * from '../ui/button.tsx'` })).toHaveLength(1)
    })

    test('a borrowed type is an arrow too', () => {
      expect(breaches({ 'app/shared/dates.ts': `import type { B } from '../ui/button.tsx'` })).toHaveLength(1)
      expect(
        breaches({ 'app/shared/dates.ts': `export type B = import('../ui/button.tsx').B` }),
      ).toHaveLength(1)
    })
  })

  test('an email that looks something up in the app is refused', () => {
    expect(
      breachesIn({ 'emails/thanks.tsx': `import '#app/shared/money.ts'` }, 'emails know nothing of the app'),
    ).toEqual(['emails/thanks.tsx imports app/shared/money.ts. An email is given its words ready to print.'])
  })

  test('something that imports a page is refused, even the composition', () => {
    expect(
      breachesIn({ 'app/server.ts': `import './letters/routes/write.tsx'` }, 'nobody imports a page'),
    ).toEqual([
      'app/server.ts imports app/letters/routes/write.tsx. ' +
        'Move what both need out of routes/, into the part itself.',
    ])
  })

  test('a second file that knows the generated client is refused', () => {
    expect(
      breachesIn(
        { 'app/letters/letters.server.ts': `import type { Letter } from '#prisma/generated/client.ts'` },
        'only db.server.ts knows the generated client',
      ),
    ).toEqual([
      'app/letters/letters.server.ts imports the generated client. ' +
        'Import what you need from app/platform/db.server.ts.',
    ])
  })

  test('a part that plants its own seed is refused', () => {
    expect(
      breachesIn(
        { 'app/letters/letters.server.ts': `import '#prisma/seed/seed.ts'` },
        'only the composition knows the seed',
      ),
    ).toEqual([
      'app/letters/letters.server.ts imports the seed. Only the composition (app/command.ts) fills a database.',
    ])
  })

  test('a product that leans on its tests is refused', () => {
    expect(
      breachesIn(
        { 'app/server.ts': `import '#tests/support/house.ts'` },
        'the product does not lean on its tests',
      ),
    ).toEqual([
      'app/server.ts imports tests/support/house.ts. Tests know the product, never the other way round.',
    ])
  })

  test.each([
    [`export const port = process.env.PORT`, 'process.env'],
    [`export const port = process['env'].PORT`, 'process.env'],
    [`const { env } = process; export const port = env.PORT`, 'process.env'],
    [`import { env } from 'node:process'; export const port = env.PORT`, 'process.env'],
    [`export const live = import.meta.env.PROD`, 'import.meta.env'],
  ])('a second reader of the environment is refused: %s', (code, name) => {
    expect(
      breachesIn({ 'app/letters/letters.server.ts': code }, 'only env.server.ts reads the environment'),
    ).toEqual([
      `app/letters/letters.server.ts reads ${name}. Take the setting from app/platform/env.server.ts.`,
    ])
  })

  describe('time comes from one clock:', () => {
    const breaches = (files: Record<string, string>) => breachesIn(files, 'time comes from one clock')

    test.each(['Date.now()', 'new Date()', 'Date()'])('%s anywhere else is refused', (code) => {
      expect(breaches({ 'app/letters/letter.ts': `export const at = ${code}` })).toEqual([
        `app/letters/letter.ts says ${code}. Ask app/platform/clock.server.ts, which a test can set.`,
      ])
    })

    test('a stored date may be read', () => {
      expect(breaches({ 'app/letters/letter.ts': `export const at = new Date('2026-01-31')` })).toEqual([])
    })

    test('SQL that asks the database for the time is refused', () => {
      const sql = 'export const due = `select 1 from letter where due_at < now() and id = ${1}`'
      expect(breaches({ 'app/letters/letters.server.ts': sql })).toEqual([
        'app/letters/letters.server.ts asks the database for the time. Pass it clock.now().',
      ])
    })

    test('a column that fills itself with the time is refused', () => {
      const schema = 'model Letter {\n  createdAt DateTime @default(now())\n}\n'
      expect(breaches({ 'prisma/schema.prisma': schema })).toEqual([
        'prisma/schema.prisma takes the time from the database. Write clock.now() where the row is written.',
      ])
    })
  })

  test('a component that would take the server to the browser is refused', () => {
    expect(
      breachesIn(
        { 'app/letters/letter.ts': `import { type Sent } from './letters.server.ts'` },
        'nothing for the browser imports the server',
      ),
    ).toEqual([
      'app/letters/letter.ts may reach the browser and imports app/letters/letters.server.ts. ' +
        'Name it .server.ts, or import only its type.',
    ])
  })

  describe('every page stands once in routes.ts:', () => {
    const breaches = (files: Record<string, string>) =>
      breachesIn(files, 'every page stands once in routes.ts')

    test('a page without an address is refused', () => {
      expect(breaches({ 'app/letters/routes/lost.tsx': '' })).toEqual([
        'app/letters/routes/lost.tsx has no address: list it in app/routes.ts, or move it out of routes/.',
      ])
    })

    test('a page with two addresses is refused', () => {
      const routes = `export default ['letters/routes/write.tsx', 'letters/routes/write.tsx']`
      expect(breaches({ 'app/routes.ts': routes })).toEqual([
        'app/letters/routes/write.tsx has two addresses in app/routes.ts: make the second a redirect.',
      ])
    })

    test('an address without a page is refused', () => {
      const routes = `export default ['letters/routes/write.tsx', 'letters/routes/gone.tsx']`
      expect(breaches({ 'app/routes.ts': routes })).toEqual([
        'app/routes.ts lists app/letters/routes/gone.tsx, and there is no such file.',
      ])
    })
  })

  test('a circle of imports is refused, and shown once', () => {
    expect(
      breachesIn(
        {
          'app/letters/b.ts': `import './c.ts'`,
          'app/letters/c.ts': `import './a.ts'`,
          'app/letters/a.ts': `import './b.ts'`,
        },
        'no file imports itself by a detour',
      ),
    ).toEqual([
      'app/letters/a.ts -> app/letters/b.ts -> app/letters/c.ts -> app/letters/a.ts is a circle: ' +
        'move what both need into a file of its own.',
    ])
  })

  test('a barrel is refused', () => {
    expect(
      breachesIn({ 'app/letters/index.ts': `export * from './letter.ts'` }, 'no file stands for others'),
    ).toEqual([
      'app/letters/index.ts hides where things are: name the file after what is in it, and import that.',
    ])
  })

  test.each(['app/shared/utils.ts', 'app/letters/helpers.server.ts', 'app/platform/services/mail.server.ts'])(
    'a drawer is refused: %s',
    (file) => {
      expect(breachesIn({ [file]: '' }, 'no name says nothing')).toEqual([
        `${file} could hold anything: name it after the noun it is about.`,
      ])
    },
  )

  test('a word of the first charity in the code is refused', () => {
    expect(
      breachesIn(
        {
          'app/letters/letter.ts': `export const from = 'HART'`,
          'emails/thanks.tsx': `// as Karabakh had it`,
        },
        'the first charity is data, not code',
      ),
    ).toEqual([
      'app/letters/letter.ts says "HART". Words of one charity belong in its records (prisma/seed).',
      'emails/thanks.tsx says "Karabakh". Words of one charity belong in its records (prisma/seed).',
    ])
  })

  test('a chart and a heart are no charity', () => {
    expect(
      breachesIn(
        { 'app/ui/button.tsx': `export const words = 'chart, heart, Harting'` },
        'the first charity is data, not code',
      ),
    ).toEqual([])
  })
})
