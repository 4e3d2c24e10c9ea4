import type { Tx } from '#app/platform/db.server.ts'
import type { Mode } from '#app/platform/environment.ts'

/** Fills a database that holds no charity yet. */
export async function seedWhenEmpty(_tx: Tx, _mode: Mode): Promise<void> {}
