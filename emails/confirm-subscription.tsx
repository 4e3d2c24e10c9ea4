import type { MailCharity } from './email.ts'
import { Button } from './parts/button.tsx'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { Address, Paragraph, Title } from './parts/words.tsx'

type Props = {
  charity: MailCharity
  confirmUrl: string
  /** How long the link works. */
  hours: number
}

/** To somebody whose address was entered to get updates: is it them, and do they want it? */
export default function ConfirmSubscription(props: Props) {
  const { charity, confirmUrl, hours } = props
  const host = new URL(charity.siteUrl).host
  return (
    <Shell
      charity={charity}
      subject={ConfirmSubscription.subject(props)}
      preview="Nothing is sent until you confirm."
      why={`You get this mail because this address was entered on ${host} to get updates.`}
    >
      <Title>Do you want updates from {charity.name}?</Title>
      <Paragraph>
        Someone entered this address on {host}. If it was you, please confirm: until then we send you nothing.
      </Paragraph>
      <Button href={confirmUrl} colour={charity.accentLight}>
        Yes, send me updates
      </Button>
      <Paragraph>The link works for {hours} hours.</Paragraph>
      <Paragraph>If it was not you, do nothing: no more mail will come.</Paragraph>
      <Address href={confirmUrl} colour={charity.accentLight} />
    </Shell>
  )
}

ConfirmSubscription.subject = ({ charity }: Props) => `Please confirm: updates from ${charity.name}`

ConfirmSubscription.PreviewProps = {
  charity: previewCharity,
  confirmUrl: 'https://charity.example/updates/confirm/0123456789abcdefghijkl',
  hours: 72,
} satisfies Props
