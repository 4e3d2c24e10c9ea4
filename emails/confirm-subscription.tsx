import type { MailCharity } from './email.ts'
import { Button } from './parts/button.tsx'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { ButtonAddress, Paragraph, Title } from './parts/words.tsx'

type Props = {
  charity: MailCharity
  confirmUrl: string
  /** How long the link works. */
  hours: number
}

/** To an address that was entered to get updates: is it theirs, and do they want them? */
export default function ConfirmSubscription(props: Props) {
  const { charity, confirmUrl, hours } = props
  const host = new URL(charity.siteUrl).host
  return (
    <Shell
      charity={charity}
      subject={ConfirmSubscription.subject(props)}
      preview="You get none until you say yes. If it was not you, do nothing."
      why={`You get this mail because this address was entered on ${host} to get updates from ${charity.name}.`}
    >
      <Title>{`Do you want updates from ${charity.name}?`}</Title>
      <Paragraph>
        {`Somebody entered this address on ${host} to get updates from us. If it was you, please confirm:`}
      </Paragraph>
      <Button href={confirmUrl} colour={charity.accentLight}>
        Confirm my subscription
      </Button>
      <Paragraph>
        {`This opens a page where you confirm. The link works for ${hours} hours. Every update we send has a link ` +
          'to unsubscribe.'}
      </Paragraph>
      <Paragraph>
        <strong>If it was not you, do nothing.</strong>{' '}
        {`You get no updates, and after ${hours} hours the request is forgotten.`}
      </Paragraph>
      <ButtonAddress href={confirmUrl} colour={charity.accentLight} />
    </Shell>
  )
}

ConfirmSubscription.subject = ({ charity }: Props) => `Please confirm: updates from ${charity.name}`

ConfirmSubscription.PreviewProps = {
  charity: previewCharity,
  confirmUrl: 'https://charity.example/updates/confirm/0123456789abcdefghijkl',
  hours: 72,
} satisfies Props
