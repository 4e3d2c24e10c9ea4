import { data } from '@remix-run/node'
import { env } from '#app/platform/env.server.ts'

/** A sandbox's tools are nowhere else: every other installation has no such page. */
export function requireSandbox(): void {
  if (env.mode !== 'sandbox') throw data(null, { status: 404 })
}
