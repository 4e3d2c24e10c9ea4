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
  /** The day on which the donor gave. */
  startedOn: string
  reference: string
}

/** To a donor who pays in a way that takes days, such as a debit from a bank account. The receipt comes later. */
export default function GiftOnItsWay(props: Props) {
  const { charity, name, amount, frequency, purpose, startedOn, reference } = props
  return (
    <Shell
      charity={charity}
      subject={GiftOnItsWay.subject(props)}
      preview="There is nothing more for you to do. A receipt follows when it arrives."
      why={whyOfGift(charity)}
    >
      <Title>{`Thank you, ${name}: your gift is on its way`}</Title>
      <Paragraph>
        {`${charity.name} has not received it yet. The way you chose to pay takes some days, usually no more ` +
          'than seven working days.'}
      </Paragraph>
      <Paragraph>
        <strong>There is nothing more for you to do.</strong> When your gift arrives, we send you a receipt;
        this mail is not one. If it does not arrive, we tell you that, too.
      </Paragraph>
      <Figures
        figures={[
          { label: 'Amount', value: amount },
          { label: 'For', value: purpose },
          { label: 'How often', value: frequency },
          { label: 'Started on', value: startedOn },
          { label: 'Reference', value: reference },
        ]}
      />
      <Paragraph>It is a single gift: nothing more will be taken.</Paragraph>
      <AskAPerson
        charity={charity}
        when="anything here is wrong, or it was not you who gave"
        reference={reference}
      />
    </Shell>
  )
}

GiftOnItsWay.subject = ({ charity, amount }: Props) =>
  `Your gift of ${amount} to ${charity.name} is on its way`

GiftOnItsWay.PreviewProps = {
  charity: previewCharity,
  name: 'Ani',
  amount: '£25.00',
  frequency: 'once',
  purpose: 'where it is most needed',
  startedOn: '25 November 2026',
  reference: 'G-7K3M9XQ2',
} satisfies Props
