import { log } from './log.server.ts'

/** A process that does not end by itself in this time is ended. The supervisor allows ten seconds in all. */
const PATIENCE_MS = 8_000

/**
 * Calls `finish` once when the process is asked to end (SIGTERM, Ctrl-C) or when its supervisor has died, then ends it.
 */
export function endWith(finish: () => Promise<void>): void {
  let ending = false
  const end = (why: string) => {
    if (ending) return
    ending = true
    log.info({ why }, 'ending')
    setTimeout(() => {
      log.warn('still busy after the time allowed; ending anyway')
      process.exit(1)
    }, PATIENCE_MS).unref()
    finish().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not end cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => end('asked to'))
  process.on('SIGINT', () => end('asked to'))
  process.on('disconnect', () => end('the supervisor is gone'))
}
