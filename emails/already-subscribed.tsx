import type { MailCharity } from './email.ts'
import { Button } from './parts/button.tsx'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { ButtonAddress, Paragraph, Title } from './parts/words.tsx'

type Props = { charity: MailCharity; preferencesUrl: string; unsubscribeUrl: string }

/** To somebody who gets updates already, and whose address was entered once more. Nothing else happens. */
export default function AlreadySubscribed(props: Props) {
  const { charity, preferencesUrl, unsubscribeUrl } = props
  const host = new URL(charity.siteUrl).host
  return (
    <Shell
      charity={charity}
      subject={AlreadySubscribed.subject(props)}
      preview="Nothing has changed, and there is nothing to confirm."
      why={`You get this mail because this address was entered on ${host} to get updates from ${charity.name}.`}
      links={[{ label: 'Unsubscribe', href: unsubscribeUrl }]}
    >
      <Title>{`You already get updates from ${charity.name}`}</Title>
      <Paragraph>
        {`Somebody entered this address on ${host} to get updates from us. It is on the list already, so nothing ` +
          'has changed and there is nothing to confirm.'}
      </Paragraph>
      <Paragraph>If you want to see what you agreed to, or to stop updates:</Paragraph>
      <Button href={preferencesUrl} colour={charity.accentLight}>
        See or stop my updates
      </Button>
      <Paragraph>
        <strong>If it was not you, do nothing.</strong> Whoever entered your address saw what everybody sees,
        and was not told that it is on the list.
      </Paragraph>
      <ButtonAddress href={preferencesUrl} colour={charity.accentLight} />
    </Shell>
  )
}

AlreadySubscribed.subject = ({ charity }: Props) => `You already get updates from ${charity.name}`

AlreadySubscribed.PreviewProps = {
  charity: previewCharity,
  preferencesUrl: 'https://charity.example/me/0123456789abcdefghijkl',
  unsubscribeUrl: 'https://charity.example/unsubscribe/0123456789abcdefghijkl',
} satisfies Props
