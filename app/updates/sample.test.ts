import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '#tests/support/settings.ts'
import { readUpdateFile } from './update-file.ts'

test('whoever begins with the sample of the manual has an update that can be sent', async () => {
  const read = readUpdateFile(await readFile(path.join(projectRoot, 'docs/sample-update.md')))
  expect(read).toMatchObject({ outcome: 'read', content: { slug: 'a-sample-of-an-update' } })
})
