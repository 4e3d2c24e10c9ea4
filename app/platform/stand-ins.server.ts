import { rm } from 'node:fs/promises'
import path from 'node:path'
import { env } from './env.server.ts'

/** Lets a sandbox's stand-ins forget the mail and the payments they have taken, of which its database knows no more. */
export async function emptyStandIns(): Promise<void> {
  if (env.mode !== 'sandbox') return
  await empty('stand-in-resend', env.resend?.baseUrl)
  await empty('stand-in-stripe', env.stripe?.apiBase)
}

/** The one that runs, or else what it would find at its next start (tests/sandbox/resend/README.md). */
async function empty(name: string, url: string | undefined): Promise<void> {
  if (!url) return
  try {
    await fetch(`${url}/_control/reset`, { method: 'POST' })
  } catch {
    await rm(path.join(env.dataDir, `${name}.kept.jsonl`), { force: true })
  }
}
