// npm test
import { enter } from './parts/entry.mjs'

await enter(async () => {
  const { runTests } = await import('./parts/test-run.mjs')
  await runTests()
})
