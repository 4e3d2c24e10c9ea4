import { expect, test } from 'vitest'
import { db, inTransaction } from './db.server.ts'
import { checkInstallation } from './installation.server.ts'
import type { Mode } from './environment.ts'

const check = (mode: Mode, appUrl: string) => inTransaction((tx) => checkInstallation(tx, mode, appUrl))

test('a database remembers whose it is, and tells everyone else', async () => {
  await db.installation.deleteMany()
  expect(await check('live', 'https://charity.example')).toEqual({ outcome: 'new' })
  expect(await check('live', 'https://charity.example')).toEqual({ outcome: 'ours' })
  expect(await check('sandbox', 'http://localhost:3000')).toEqual({ outcome: 'other-mode', was: 'live' })
  expect(await check('test', 'https://charity.example')).toEqual({ outcome: 'other-mode', was: 'live' })
  expect(await check('live', 'https://other.example')).toEqual({
    outcome: 'other-address',
    was: 'https://charity.example',
  })
})

test('a sandbox may come back on another port', async () => {
  await db.installation.deleteMany()
  await check('sandbox', 'http://localhost:3000')
  expect(await check('sandbox', 'http://localhost:4000')).toEqual({ outcome: 'ours' })
})

test('there is one installation in a database, whoever writes', async () => {
  await db.installation.deleteMany()
  const second = db.installation.create({ data: { id: 2, mode: 'live', createdAt: new Date(0) } })
  await expect(second).rejects.toThrow(/installation_one_row/)
})
