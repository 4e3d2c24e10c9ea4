// npm start, npm run dev
import { enter } from './entry.mjs'

await enter(async () => {
  const { runHouse } = await import('./house.mjs')
  await runHouse({ dev: process.argv.includes('--dev') })
})
