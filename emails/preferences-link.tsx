import type { MailCharity } from './email.ts'
import { Button } from './parts/button.tsx'
import { previewCharity } from './parts/preview-charity.ts'
import { Shell } from './parts/shell.tsx'
import { Paragraph, Title } from './parts/words.tsx'

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
      preview="See and change what we send you."
      why={`You get this mail because somebody asked for it on ${host}.`}
    >
      <Title>Your private link</Title>
      <Paragraph>It opens the page on which you see and change what {charity.name} sends you.</Paragraph>
      <Button href={preferencesUrl} colour={charity.accentLight}>
        See and change what I get
      </Button>
      <Paragraph>
        The link works for {hours} hours. Whoever has it can change what you get: keep it to yourself.
      </Paragraph>
      <Paragraph>If you did not ask for it, do nothing: nothing changes.</Paragraph>
    </Shell>
  )
}

PreferencesLink.subject = ({ charity }: Props) => `Your private link at ${charity.name}`

PreferencesLink.PreviewProps = {
  charity: previewCharity,
  preferencesUrl: 'https://charity.example/preferences/0123456789abcdefghijkl',
  hours: 24,
} satisfies Props
