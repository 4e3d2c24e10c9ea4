import { defineConfig } from 'prisma/config'

// Prisma's CLI only generates the client here. Migrations go through app/platform/migrations.server.ts:
// docs/decisions/002 says why.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
})
