// npm run build
import { enter } from './parts/entry.mjs'

await enter(async () => {
  const { prepareClone } = await import('./parts/prepare-clone.mjs')
  await prepareClone('build')
})
