import type { MailCharity } from '../email.ts'
import { Paragraph } from './words.tsx'

/** Why a mail about a gift came. True of whoever owns the address, too, when somebody else typed it. */
export function whyOfGift({ name, siteUrl }: MailCharity): string {
  return `You get this mail because this address was entered on ${new URL(siteUrl).host} with a gift to ${name}.`
}

type AskAPersonProps = {
  charity: MailCharity
  /** When it is right to ask, as it follows "If". */
  when: string
  reference: string
}

/** Whom to tell when something is wrong with a gift. The way to reach them stands in the footer. */
export function AskAPerson({ charity, when, reference }: AskAPersonProps) {
  return (
    <Paragraph>
      {`If ${when}, tell a person at ${charity.name}: the foot of this mail says how. Please give the reference `}
      <span style={{ whiteSpace: 'nowrap' }}>{reference}</span>.
    </Paragraph>
  )
}
