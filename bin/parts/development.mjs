import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'
import { clone } from './clone.mjs'
import { say } from './keep-running.mjs'

/** Saving a file makes several events, and an editor may save several files. */
const QUIET_MS = 150

/**
 * Development: Vite reloads what pages are made of; what lives as long as its process needs the process started again.
 *
 * @param {{ web: import('./keep-running.mjs').Kept | undefined, worker: import('./keep-running.mjs').Kept | undefined }} processes
 */
export function restartOnChange({ web, worker }) {
  const platform = /^(server\.ts|platform\/)/
  const pagesOnly = /(^|\/)(routes|ui)\/|\.css$|\.test\.tsx?$/
  onChange('app', (file) => {
    if (platform.test(file)) web?.restart()
    if (!pagesOnly.test(file)) worker?.restart()
  })
  onChange('emails', () => worker?.restart())
  onChange('prisma', (file) => {
    if (file === 'schema.prisma') say('The schema has changed: npm run db -- diff NAME, then start again.')
  })
}

/**
 * @param {string} folder
 * @param {(file: string) => void} react called with the last changed file, relative to the folder
 */
function onChange(folder, react) {
  /** @type {Map<string, NodeJS.Timeout>} */
  const waiting = new Map()
  if (!existsSync(join(clone, folder))) return
  watch(join(clone, folder), { recursive: true }, (_event, name) => {
    if (!name || !/\.(tsx?|prisma|css)$/.test(name)) return
    const file = name.replaceAll('\\', '/')
    clearTimeout(waiting.get(file))
    waiting.set(
      file,
      setTimeout(() => react(file), QUIET_MS),
    )
  })
}
