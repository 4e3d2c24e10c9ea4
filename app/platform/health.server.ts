import { timingSafeEqual } from 'node:crypto'
import { Router } from 'express'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { pool } from './db.server.ts'
import { env } from './env.server.ts'
import { workerAfter, workerSilence } from './heartbeat.server.ts'
import { pendingMigrations } from './migrations.server.ts'
import { remember } from './remember.server.ts'

const PATIENCE_MS = 3_000

export const metrics = remember('metrics', () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'http_request_seconds',
    help: 'Time to answer a request, by route pattern, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  new Gauge({
    name: 'worker_heartbeat_age_seconds',
    help: 'Seconds since the worker last did a job; -1 when it never has',
    registers: [registry],
    async collect() {
      this.set((await workerSilence().catch(() => null)) ?? -1)
    },
  })
  return { registry, requests }
})

/**
 * `/healthz`: the process answers. `/readyz`: the database answers and its tables are those of this version (503 when
 * not); the worker is reported, and does not decide. `/metrics`: Prometheus's text, with the token.
 */
export function healthRoutes(): Router {
  const router = Router()
  router.get('/healthz', (_req, res) => void res.json({ process: 'up' }))
  router.get('/readyz', (_req, res, next) => {
    readinessNow()
      .then((state) => res.status(state.ready ? 200 : 503).json(state))
      .catch(next)
  })
  router.get('/metrics', (req, res, next) => {
    if (!env.metricsToken || !sameSecret(req.get('authorization') ?? '', `Bearer ${env.metricsToken}`)) {
      res
        .status(401)
        .set('www-authenticate', 'Bearer')
        .type('text')
        .send('This needs the METRICS_TOKEN as a bearer token.\n')
      return
    }
    metrics.registry
      .metrics()
      .then((figures) => res.type(metrics.registry.contentType).send(figures))
      .catch(next)
  })
  return router
}

/** Anyone may ask, and each answer costs the database a question: those who ask at once share one. */
function readinessNow(): ReturnType<typeof readiness> {
  asked ??= readiness().finally(() => (asked = undefined))
  return asked
}
let asked: ReturnType<typeof readiness> | undefined

async function readiness() {
  try {
    const [pending, silence] = await soon(Promise.all([pendingMigrations(pool), workerSilence()]))
    return {
      ready: pending.length === 0,
      database: 'answers',
      migrations:
        pending.length === 0 ? 'up to date' : `${pending.length} not applied: run npm run db -- migrate`,
      worker: workerAfter(silence),
      workerHeartbeatSeconds: silence,
    }
  } catch {
    return {
      ready: false,
      database: 'does not answer',
      migrations: 'unknown',
      worker: 'unknown',
      workerHeartbeatSeconds: null,
    }
  }
}

/** A database that does not answer in time is away, for whoever asks whether to send visitors here. */
function soon<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const late = new Promise<never>((_, refuse) =>
    setTimeout(() => refuse(new Error('no answer in time')), PATIENCE_MS).unref(),
  )
  return Promise.race([answer, late])
}

function sameSecret(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}
