import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readHouse, rules } from './architecture.ts'

/** The smallest house that uses everything the rules allow. */
const smallHouse: Record<string, string> = {
  'app/routes.ts': `export default ['letters/routes/write.tsx']`,
  'app/root.tsx': `import './styles.css?url'\nimport { charity } from './charity/charity.server.ts'`,
  'app/styles.css': '',
  'app/server.ts': `import './platform/env.server.ts'`,
  'app/worker.ts': `import './letters/letters.server.ts'`,
  'app/command.ts': `import { seed } from '#prisma/seed/seed.ts'`,
  'app/shared/money.ts': 'export type Money = number',
  'app/shared/dates.ts': `import { z } from 'zod'`,
  'app/ui/button.tsx': `import type { Money } from '#app/shared/money.ts'`,
  'app/platform/env.server.ts': 'export const env = process.env',
  'app/platform/clock.server.ts': 'export const now = () => new Date(Date.now())',
  'app/platform/db.server.ts': `import { PrismaClient } from '#prisma/generated/client.ts'`,
  'app/platform/log.server.ts': `import './env.server.ts'`,
  'app/charity/charity.server.ts': `import '#app/platform/db.server.ts'`,
  'app/mail/outbox.server.ts': `import thanks from '#emails/thanks.tsx'`,
  'app/partners/partners.server.ts': `import '#app/platform/db.server.ts'\nimport '#app/mail/outbox.server.ts'`,
  'app/report/report.server.ts': `import '#app/platform/db.server.ts'`,
  'app/updates/update.ts': '',
  'app/letters/letter.ts': `import '#app/shared/dates.ts'`,
  'app/letters/letters.server.ts': `import '#app/report/report.server.ts'\nexport * from './letter.ts'`,
  'app/letters/letter.test.ts': `import '#app/partners/partners.server.ts'\nimport '#tests/support/house.ts'`,
  'app/letters/routes/write.tsx': `import '#app/partners/partners.server.ts'\nimport '../letter.ts'\nimport '#app/ui/button.tsx'`,
  'app/staff/desk.server.ts': `import '#app/letters/letter.ts'\nimport '#app/partners/partners.server.ts'`,
  'emails/thanks.tsx': `import './parts/shell.tsx'\nimport { Text } from 'react-email'`,
  'emails/parts/shell.tsx': '',
  'prisma/schema.prisma':
    '/// Not @default(now()): time comes from the clock.\nmodel Letter {\n  id Int @id\n}\n',
  'prisma/seed/seed.ts': '',
}

/**
 * Builds the small house in a scratch folder with `changes` made to it (path to text), and looks whether it keeps
 * `rule`. Returns one sentence per breach.
 */
export function breachesIn(changes: Record<string, string>, rule: keyof typeof rules): string[] {
  const root = mkdtempSync(path.join(tmpdir(), 'small-house-'))
  try {
    for (const [file, text] of Object.entries({ ...smallHouse, ...changes })) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      writeFileSync(path.join(root, file), text)
    }
    return rules[rule](readHouse(root))
  } finally {
    rmSync(root, { recursive: true })
  }
}
