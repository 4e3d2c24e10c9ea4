import path from 'node:path'
import type { Options } from './server.ts'

/**
 * Runs a stand-in as a process of its own until it is told to end, or whoever started it is gone. Its README lists what
 * the environment may say.
 */
export async function runAlone(
  name: string,
  start: (options: Options) => Promise<{ url: string; port: number; close: () => Promise<void> }>,
): Promise<void> {
  const {
    PORT = '0',
    HOST = '127.0.0.1',
    DATA_DIR,
    STAND_IN_LOG,
    STAND_IN_WEBHOOK,
    STAND_IN_SECRET,
    CLOCK,
  } = process.env
  if (!['127.0.0.1', '::1', 'localhost'].includes(HOST)) {
    process.stderr.write(
      `HOST is ${HOST}: the stand-in takes any key, so it listens on this machine alone.\n`,
    )
    process.exit(1)
  }
  const inData = (ending: string) =>
    DATA_DIR ? path.join(DATA_DIR, `stand-in-${name.toLowerCase()}.${ending}`) : undefined
  const running = await start({
    port: Number(PORT),
    host: HOST,
    now: CLOCK ? Date.parse(CLOCK) : undefined,
    logFile: STAND_IN_LOG ?? inData('jsonl'),
    keptFile: inData('kept.jsonl'),
    endpoint:
      STAND_IN_WEBHOOK && STAND_IN_SECRET ? { url: STAND_IN_WEBHOOK, secrets: [STAND_IN_SECRET] } : null,
  })

  if (process.send) process.send({ ready: true, port: running.port })
  else process.stdout.write(`the stand-in for ${name} listens on ${running.url}\n`)

  const end = () => void running.close().then(() => process.exit(0))
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  process.once('disconnect', end)
}
