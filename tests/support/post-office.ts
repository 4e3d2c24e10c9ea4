import type { LogLine } from '../sandbox/resend/log-line.ts'
import { openStandIn, type StandIn } from './stand-in.ts'

/** The stand-in for Resend, in a process of its own. Its control API: tests/sandbox/resend/README.md. */
export type PostOffice = StandIn<LogLine> & {
  /** What the product's processes need to send through it. */
  settings: Record<string, string>
  /** How often each of our messages was taken, by its tag. */
  taken: () => Promise<Map<string, number>>
}

/** Opens a post office. It takes as many requests a second as the tests can make, until told otherwise. */
export async function openPostOffice(): Promise<PostOffice> {
  const standIn = await openStandIn<LogLine>('resend')
  await standIn.control('PUT', 'settings', { perSecond: 1000 })
  return {
    ...standIn,
    settings: { SANDBOX_MAIL_URL: standIn.url, SANDBOX_MAIL_SECRET: standIn.secret },
    taken: async () => {
      const counts = new Map<string, number>()
      for (const { accepted } of await standIn.log()) {
        for (const { tags } of accepted) {
          const id = tags['message'] ?? ''
          counts.set(id, (counts.get(id) ?? 0) + 1)
        }
      }
      return counts
    },
  }
}
