import type { ReactNode } from 'react'
import { MESSAGES_A_DAY } from '../subscription.ts'

/** Why somebody may wait for a message in vain, and what they can do. The same for everyone: it tells of nobody. */
export function IfNoMessageComes({ children }: { children: ReactNode }) {
  return (
    <>
      <h2>If no message comes</h2>
      <ul>
        <li>Look among unwanted mail: messages from new senders often end there.</li>
        {children}
        <li>We send at most {MESSAGES_A_DAY} such messages to one address in 24 hours.</li>
        <li>
          An address from which messages came back, or were reported as unwanted, is not written to any more.{' '}
          <a href="/contact">Tell us</a> if yours is one by mistake.
        </li>
      </ul>
    </>
  )
}
