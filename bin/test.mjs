// npm test
import { enter } from './entry.mjs'

await enter(async () => {
  const { runTests } = await import('./test-run.mjs')
  await runTests()
})
