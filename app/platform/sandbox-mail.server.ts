import { rm } from 'node:fs/promises'
import path from 'node:path'
import { env } from './env.server.ts'

/**
 * Empties a sandbox's mailbox: that of the stand-in that runs, or else what it would find at its next start
 * (tests/sandbox/resend/README.md).
 */
export async function emptyMailbox(): Promise<void> {
  if (env.mode !== 'sandbox' || !env.resend?.baseUrl) return
  try {
    await fetch(`${env.resend.baseUrl}/_control/reset`, { method: 'POST' })
  } catch {
    await rm(path.join(env.dataDir, 'stand-in-resend.kept.jsonl'), { force: true })
  }
}
