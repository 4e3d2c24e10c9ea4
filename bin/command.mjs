// npm run db, and every other command of the product: node bin/command.mjs NAME ARGS…
import { enter } from './parts/entry.mjs'

await enter(async () => {
  const { runForPerson } = await import('./parts/product-command.mjs')
  await runForPerson(process.argv.slice(2))
})
