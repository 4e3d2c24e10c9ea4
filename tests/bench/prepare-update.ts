import { monitorEventLoopDelay } from 'node:perf_hooks'
import { db } from '#app/platform/db.server.ts'
import { prepareUpdate } from '#app/updates/prepare-update.server.ts'
import type { Prepared } from './updates.ts'

// Prepares the one update that was started, in a process that does nothing else, and tells its parent what it took.

const { id } = await db.update.findFirstOrThrow({ where: { state: 'preparing' } })
const before = process.memoryUsage.rss()
let most = before
let breath = 0
let last = process.cpuUsage()
const every = setInterval(() => {
  const now = process.cpuUsage()
  breath = Math.max(breath, now.user + now.system - last.user - last.system)
  last = now
}, 5)
const sometimes = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100)
const loop = monitorEventLoopDelay({ resolution: 5 })
loop.enable()
const cpu = process.cpuUsage()
const from = performance.now()
await prepareUpdate(id)
const seconds = (performance.now() - from) / 1000
const { user, system } = process.cpuUsage(cpu)
loop.disable()
clearInterval(every)
clearInterval(sometimes)

process.send?.({
  seconds,
  cpuSeconds: (user + system) / 1e6,
  memoryMB: (most - before) / 1e6,
  stallMs: loop.max / 1e6,
  stallCpuMs: breath / 1000,
} satisfies Prepared)
process.disconnect()
process.exit()
