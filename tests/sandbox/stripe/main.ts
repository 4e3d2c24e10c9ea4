import path from 'node:path'
import { startStandIn } from './server.ts'

// A stand-in for Stripe as a process of its own: README.md lists what its environment may say.

const { PORT = '0', HOST = '127.0.0.1', DATA_DIR, STAND_IN_WEBHOOK, STAND_IN_SECRET } = process.env
if (!['127.0.0.1', '::1', 'localhost'].includes(HOST)) {
  process.stderr.write(`HOST is ${HOST}: the stand-in takes any key, so it listens on this machine alone.\n`)
  process.exit(1)
}
const inData = (name: string) => (DATA_DIR ? path.join(DATA_DIR, name) : undefined)
const running = await startStandIn({
  port: Number(PORT),
  host: HOST,
  logFile: process.env['STAND_IN_LOG'] ?? inData('stand-in-stripe.jsonl'),
  keptFile: inData('stand-in-stripe.kept.jsonl'),
  endpoint:
    STAND_IN_WEBHOOK && STAND_IN_SECRET ? { url: STAND_IN_WEBHOOK, secrets: [STAND_IN_SECRET] } : null,
})

if (process.send) process.send({ ready: true, port: running.port })
else process.stdout.write(`the stand-in for Stripe listens on ${running.url}\n`)

const end = () => void running.close().then(() => process.exit(0))
process.once('SIGTERM', end)
process.once('SIGINT', end)
process.once('disconnect', end)
