import type { MailCharity } from './email.ts'
import { Button } from './parts/button.tsx'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { Paragraph, Title } from './parts/words.tsx'

type Props = { charity: MailCharity; preferencesUrl: string; unsubscribeUrl: string }

/** To somebody who already gets updates, and whose address was entered once more. Nothing else happens. */
export default function AlreadySubscribed(props: Props) {
  const { charity, preferencesUrl, unsubscribeUrl } = props
  const host = new URL(charity.siteUrl).host
  return (
    <Shell
      charity={charity}
      subject={AlreadySubscribed.subject(props)}
      preview="Nothing has changed, and there is nothing to confirm."
      why={`You get this mail because this address was entered on ${host} to get updates.`}
      links={[{ label: 'Unsubscribe', href: unsubscribeUrl }]}
    >
      <Title>You already get updates from {charity.name}</Title>
      <Paragraph>
        Someone entered this address on {host} again. Nothing has changed, and there is nothing to confirm.
      </Paragraph>
      <Button href={preferencesUrl} colour={charity.accentLight}>
        Change what you get
      </Button>
    </Shell>
  )
}

AlreadySubscribed.subject = ({ charity }: Props) => `You already get updates from ${charity.name}`

AlreadySubscribed.PreviewProps = {
  charity: previewCharity,
  preferencesUrl: 'https://charity.example/preferences/0123456789abcdefghijkl',
  unsubscribeUrl: 'https://charity.example/unsubscribe/0123456789abcdefghijkl',
} satisfies Props
