import { Gauge } from 'prom-client'
import { db } from '#app/platform/db.server.ts'
import { metrics } from '#app/platform/health.server.ts'
import { remember } from '#app/platform/remember.server.ts'

/** Shows at /metrics how much of Stripe's news waits, and how much a person is to look at. */
export function showNewsFigures(): void {
  remember('news figures', () => [
    gauge('stripe_news_waiting', 'Pieces of news of Stripe’s that are not worked on yet', 'waiting'),
    gauge('stripe_news_parked', 'Pieces of news of Stripe’s that a person is to look at', 'parked'),
  ])
}

function gauge(name: string, help: string, state: 'waiting' | 'parked'): Gauge {
  return new Gauge({
    name,
    help,
    registers: [metrics.registry],
    async collect() {
      // While the database is away there is no figure, and the others are still shown.
      await db.stripeEvent
        .count({ where: { state } })
        .then((count) => this.set(count))
        .catch(() => this.remove())
    },
  })
}
