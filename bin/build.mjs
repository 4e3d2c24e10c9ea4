// npm run build
import { enter } from './entry.mjs'

await enter(async () => {
  const { prepareClone } = await import('./prepare-clone.mjs')
  await prepareClone('build')
})
