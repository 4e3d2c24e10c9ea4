import { setTimeout as pause } from 'node:timers/promises'
import type { MailboxMessage } from '../sandbox/resend/mailbox.ts'
import type { PostOffice } from './post-office.ts'

/** Waits until an address has got so many messages, and gives them, oldest first. Throws when they do not come. */
export async function mailTo(
  post: Pick<PostOffice, 'control'>,
  address: string,
  count = 1,
): Promise<MailboxMessage[]> {
  const giveUp = Date.now() + 20_000
  for (;;) {
    const { data: found } = (await post.control('GET', `messages?to=${encodeURIComponent(address)}`)) as {
      data: MailboxMessage[]
    }
    if (found.length >= count) return found.reverse()
    if (Date.now() > giveUp) throw new Error(`${address} got ${found.length} messages, not ${count}`)
    await pause(50)
  }
}

/** The link of a message that leads to a page whose path begins so, as a path of this site. */
export function linkIn(message: MailboxMessage | undefined, beginning: string): string {
  const link = message?.links.find((each) => new URL(each, 'http://no.where').pathname.startsWith(beginning))
  if (!link) throw new Error(`No link to ${beginning} in: ${message?.links.join(' ')}`)
  return new URL(link).pathname
}
