import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const database = ['{app,prisma,tests}/**/*.server.test.{ts,tsx}', 'tests/http/**/*.test.ts']
const processes = ['tests/{drill,processes}/**/*.test.ts']

// Chance is fixed for a run and printed, so that a failure can be repeated.
if (!process.env['SEED']) {
  process.env['SEED'] = String(randomInt(2 ** 31))
  process.stdout.write(`to repeat what chance does in this run: SEED=${process.env['SEED']}\n`)
}

export default defineConfig({
  // Pages are compiled as they are for the site, without Remix's own plug-in.
  esbuild: { jsx: 'automatic' },
  test: {
    restoreMocks: true,
    // They wait for databases and other processes more than they reckon.
    maxWorkers: Math.max(2, availableParallelism()),
    setupFiles: ['tests/support/every-test.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,bin,emails,prisma,tests}/**/*.test.{ts,tsx}'],
          exclude: [...database, ...processes],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: database,
          globalSetup: ['tests/support/global-setup.ts'],
          setupFiles: ['tests/support/database-setup.ts'],
          // A process for each file: the product keeps one pool a process, and each file has its own database.
          pool: 'forks',
          isolate: true,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: processes,
          globalSetup: ['tests/support/global-setup.ts'],
          pool: 'forks',
          // These start, kill and start again, each with processes of its own: two at a time, after all the others.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
