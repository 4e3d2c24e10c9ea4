import { clock } from './clock.server.ts'
import type { Tx } from './db.server.ts'
import type { Mode } from './environment.ts'

export type InstallationCheck =
  | { outcome: 'new' }
  | { outcome: 'ours' }
  | { outcome: 'other-mode'; was: string }
  | { outcome: 'other-address'; was: string }

/**
 * Compares this process's mode and address with the ones that the database was first used with, and notes them the
 * first time. A sandbox's made-up gifts must never meet a live charity's books; mail already sent holds links to the
 * address of the site, so that is fixed too (in sandbox it may change with the port).
 */
export async function checkInstallation(tx: Tx, mode: Mode, appUrl: string): Promise<InstallationCheck> {
  const address = mode === 'sandbox' ? null : appUrl
  const first = await tx.installation.findUnique({ where: { id: 1 } })
  if (!first) {
    await tx.installation.create({ data: { mode, appUrl: address, createdAt: clock.now() } })
    return { outcome: 'new' }
  }
  if (first.mode !== mode) return { outcome: 'other-mode', was: first.mode }
  if (first.appUrl !== address) return { outcome: 'other-address', was: first.appUrl ?? '' }
  return { outcome: 'ours' }
}
