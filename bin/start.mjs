// npm start, npm run dev. package.json says `exec`: a SIGTERM that npm hands on must reach us, and not a shell that
// would die of it alone.
import { enter } from './parts/entry.mjs'

await enter(async () => {
  const { runHouse } = await import('./parts/house.mjs')
  await runHouse({ dev: process.argv.includes('--dev') })
})
