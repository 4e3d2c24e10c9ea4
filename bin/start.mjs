// npm start, npm run dev
import { enter } from './parts/entry.mjs'

await enter(async () => {
  const { runHouse } = await import('./parts/house.mjs')
  await runHouse({ dev: process.argv.includes('--dev') })
})
