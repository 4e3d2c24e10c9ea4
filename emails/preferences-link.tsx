import type { MailCharity } from './email.ts'
import { Button } from './parts/button.tsx'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { ButtonAddress, Paragraph, Title } from './parts/words.tsx'

type Props = {
  charity: MailCharity
  preferencesUrl: string
  /** How long the link works. */
  hours: number
}

/** To somebody who asked for their private link. */
export default function PreferencesLink(props: Props) {
  const { charity, preferencesUrl, hours } = props
  const host = new URL(charity.siteUrl).host
  return (
    <Shell
      charity={charity}
      subject={PreferencesLink.subject(props)}
      preview="See and change what we send you. Keep the link to yourself."
      why={`You get this mail because somebody asked on ${host} for the private link that belongs to this address.`}
    >
      <Title>{`Your private link to ${charity.name}`}</Title>
      <Paragraph>
        {`Somebody asked for it on ${host}. If it was you: it opens the page on which you see and change what ` +
          'we send you.'}
      </Paragraph>
      <Button href={preferencesUrl} colour={charity.accentLight}>
        See and change what I get
      </Button>
      <Paragraph>
        {`The link works for ${hours} hours. Whoever has it can change what you get, so keep it to yourself.`}
      </Paragraph>
      <Paragraph>
        <strong>If it was not you, do nothing.</strong> Nothing changes, and the link was sent to nobody but
        you.
      </Paragraph>
      <ButtonAddress href={preferencesUrl} colour={charity.accentLight} />
    </Shell>
  )
}

PreferencesLink.subject = ({ charity }: Props) => `Your private link to ${charity.name}`

PreferencesLink.PreviewProps = {
  charity: previewCharity,
  preferencesUrl: 'https://charity.example/me/0123456789abcdefghijkl',
  hours: 24,
} satisfies Props
