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
  /** What goes back: the whole gift or a part of it. */
  amount: string
  giftAmount: string
  /** What it was for, as it follows "For": "the work of" a partner, or "where it is most needed". */
  purpose: string
  receivedOn: string
  reference: string
}

/** To a donor to whom the charity returns a gift, or a part of one. */
export default function GiftReturned(props: Props) {
  const { charity, name, amount, giftAmount, purpose, receivedOn, reference } = props
  return (
    <Shell
      charity={charity}
      subject={GiftReturned.subject(props)}
      preview="It goes back the way you paid. You need do nothing."
      why={whyOfGift(charity)}
    >
      <Title>{`${amount} is on its way back to you`}</Title>
      <Paragraph>
        {`${charity.name} is returning ${amount} to you, ${name}. That is ` +
          (amount === giftAmount ? 'the whole of your gift.' : `a part of your gift of ${giftAmount}.`)}
      </Paragraph>
      <Figures
        figures={[
          { label: 'Returned', value: amount },
          { label: 'Your gift', value: giftAmount },
          { label: 'For', value: purpose },
          { label: 'Received on', value: receivedOn },
          { label: 'Reference', value: reference },
        ]}
      />
      <Paragraph>
        The money goes back the way you paid, to the same card or account. It should be there in 5 to 10
        working days, or your statement may no longer show the payment at all. You need do nothing.
      </Paragraph>
      <Paragraph>Please keep this mail with your receipt.</Paragraph>
      <AskAPerson
        charity={charity}
        when="you did not expect this, or that card or account is closed"
        reference={reference}
      />
    </Shell>
  )
}

GiftReturned.subject = ({ charity, amount }: Props) => `${charity.name} is returning ${amount} to you`

GiftReturned.PreviewProps = {
  charity: previewCharity,
  name: 'Ani',
  amount: '£10.00',
  giftAmount: '£25.00',
  purpose: 'the work of Example Partner',
  receivedOn: '25 November 2026',
  reference: 'G-7K3M9XQ2',
} satisfies Props
