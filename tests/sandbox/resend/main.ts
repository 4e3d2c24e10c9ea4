import path from 'node:path'
import { startStandIn } from './server.ts'

// A stand-in for Resend as a process of its own: PORT, HOST, and STAND_IN_LOG or DATA_DIR say where.

const { PORT = '0', HOST = '127.0.0.1', STAND_IN_LOG, DATA_DIR } = process.env
if (!['127.0.0.1', '::1', 'localhost'].includes(HOST)) {
  process.stderr.write(`HOST is ${HOST}: the stand-in takes any key, so it listens on this machine alone.\n`)
  process.exit(1)
}
const logFile = STAND_IN_LOG ?? (DATA_DIR ? path.join(DATA_DIR, 'stand-in-resend.jsonl') : undefined)
const running = await startStandIn({ port: Number(PORT), host: HOST, ...(logFile ? { logFile } : {}) })

process.stdout.write(`the stand-in for Resend listens on ${running.url}\n`)
process.send?.({ ready: true, port: running.port })

const end = () => void running.close().then(() => process.exit(0))
process.once('SIGTERM', end)
process.once('SIGINT', end)
process.once('disconnect', end)
