import type { MailCharity } from './email.ts'
import { Figures } from './parts/figures.tsx'
import { AskAPerson, whyOfGift } from './parts/gift.tsx'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { Paragraph, Title } from './parts/words.tsx'

type Props = {
  charity: MailCharity
  /** The donor's, as typed. */
  name: string
  amount: string
  /** A gift that comes again needs other words than these. */
  frequency: 'once'
  /** What it is for, as it follows "For": "the work of" a partner, or "where it is most needed". */
  purpose: string
  /** True for a gift to a partner's work. The books keep it apart from all others. */
  forPartner: boolean
  receivedOn: string
  reference: string
}

/** To a donor whose gift has arrived: thanks, and the receipt. */
export default function GiftReceipt(props: Props) {
  const { charity, name, amount, frequency, purpose, forPartner, receivedOn, reference } = props
  return (
    <Shell
      charity={charity}
      subject={GiftReceipt.subject(props)}
      preview={`Received on ${receivedOn}. Please keep this mail.`}
      why={whyOfGift(charity)}
    >
      <Title>{`Thank you, ${name}`}</Title>
      <Paragraph>
        {`${charity.name} has received your gift of ${amount}. This mail is your receipt: please keep it.`}
      </Paragraph>
      <Figures
        figures={[
          { label: 'Amount', value: amount },
          { label: 'From', value: name },
          { label: 'To', value: charity.legalName },
          { label: 'For', value: purpose },
          { label: 'How often', value: frequency },
          { label: 'Received on', value: receivedOn },
          { label: 'Reference', value: reference },
        ]}
      />
      <Paragraph>
        {forPartner
          ? 'In our books, your gift is kept apart for that work.'
          : 'Your gift goes to the part of our work that needs it most when it is spent.'}
      </Paragraph>
      <Paragraph>
        <strong>It is a single gift.</strong> Nothing more will be taken.
      </Paragraph>
      <AskAPerson
        charity={charity}
        when="anything here is wrong, or it was not you who gave"
        reference={reference}
      />
    </Shell>
  )
}

GiftReceipt.subject = ({ charity, amount }: Props) => `Receipt for your gift of ${amount} to ${charity.name}`

GiftReceipt.PreviewProps = {
  charity: previewCharity,
  name: 'Ani',
  amount: '£25.00',
  frequency: 'once',
  purpose: 'the work of Example Partner',
  forPartner: true,
  receivedOn: '25 November 2026',
  reference: 'G-7K3M9XQ2',
} satisfies Props
