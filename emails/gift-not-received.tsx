import type { MailCharity } from './email.ts'
import { Button } from './parts/button.tsx'
import { Figures } from './parts/figures.tsx'
import { AskAPerson, whyOfGift } from './parts/gift.tsx'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { ButtonAddress, Paragraph, Title } from './parts/words.tsx'

type Props = {
  charity: MailCharity
  /** The donor's, as typed. */
  name: string
  amount: string
  /** What it was for, as it follows "For": "the work of" a partner, or "where it is most needed". */
  purpose: string
  /** The day on which the donor gave. */
  startedOn: string
  reference: string
  /** The page on which people give. */
  giveAgainHref: string
}

/** To a donor whose payment failed after some days. Nobody is to blame, and nothing is owed. */
export default function GiftNotReceived(props: Props) {
  const { charity, name, amount, purpose, startedOn, reference, giveAgainHref } = props
  return (
    <Shell
      charity={charity}
      subject={GiftNotReceived.subject(props)}
      preview="Nothing was taken. You can try again if you like."
      why={whyOfGift(charity)}
    >
      <Title>Your gift did not arrive</Title>
      <Paragraph>
        {`Thank you, ${name}, for wanting to give ${amount} to ${charity.name}. The payment did not go through, ` +
          'and nothing was taken.'}
      </Paragraph>
      <Figures
        figures={[
          { label: 'Amount', value: amount },
          { label: 'For', value: purpose },
          { label: 'Started on', value: startedOn },
          { label: 'Reference', value: reference },
        ]}
      />
      <Paragraph>
        Payments fail for many reasons; your bank or card issuer can tell you which it was. If you would still
        like to give:
      </Paragraph>
      <Button href={giveAgainHref} colour={charity.accentLight}>
        Try again
      </Button>
      <Paragraph>
        This opens the page where people give. You can choose another way to pay there, and nothing is taken
        before you confirm it.
      </Paragraph>
      <Paragraph>
        <strong>If you would rather not, do nothing.</strong> This payment is not tried again.
      </Paragraph>
      <AskAPerson
        charity={charity}
        when="your statement shows a payment all the same, or it was not you who tried to give"
        reference={reference}
      />
      <ButtonAddress href={giveAgainHref} colour={charity.accentLight} />
    </Shell>
  )
}

GiftNotReceived.subject = ({ charity, amount }: Props) =>
  `Your gift of ${amount} to ${charity.name} did not arrive`

GiftNotReceived.PreviewProps = {
  charity: previewCharity,
  name: 'Ani',
  amount: '£25.00',
  purpose: 'the work of Example Partner',
  startedOn: '25 November 2026',
  reference: 'G-7K3M9XQ2',
  giveAgainHref: 'https://charity.example/donate',
} satisfies Props
