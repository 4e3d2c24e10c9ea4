import type { ReactNode } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Section } from '#app/ui/section.tsx'
import { happenings } from './happenings.ts'
import { MailState, MailTime } from './mailbox-parts.tsx'
import type { Mail } from './mailbox.server.ts'

type ShownMail = Omit<Mail, 'attachments'> & {
  attachments: { filename: string | null; contentType: string | null; bytes: number; isKept: boolean }[]
}

type MailPageProps = {
  mail: ShownMail
  /** The state of the message that the site sent it as; null when it was not the site's. */
  knownAs: string | null
}

/** A mail from all sides. */
export function MailPage({ mail, knownAs }: MailPageProps) {
  const here = `/sandbox/mail/${mail.id}`
  return (
    <>
      <Facts
        facts={{
          From: mail.from,
          To: mail.to.join(', '),
          'Copies to': mail.cc.join(', '),
          'Hidden copies to': mail.bcc.join(', '),
          'Replies go to': mail.replyTo.join(', '),
          Sent: <MailTime at={mail.at} />,
          'The provider says': <MailState lastEvent={mail.lastEvent} />,
          'The site knows it as': knownAs,
        }}
      />
      {mail.html === null && mail.text === null ? (
        <p className="mt-10">It is too old for its words to be kept.</p>
      ) : null}
      {mail.html === null ? null : (
        <Section title="As it is read" note={<a href={`${here}/html`}>Show it alone</a>}>
          <iframe
            title={`The mail “${mail.subject}”`}
            src={`${here}/html`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            className="block h-[36rem] w-full resize-y border border-edge bg-[#fff] [color-scheme:light]"
          />
        </Section>
      )}
      {mail.text === null ? null : (
        <Section title="Its text" note="For whoever reads without HTML.">
          <pre className="max-w-[80ch] font-sans text-ui [overflow-wrap:anywhere] whitespace-pre-wrap">
            {mail.text}
          </pre>
        </Section>
      )}
      <Section title="Its links" note={mail.links.length === 0 ? 'None.' : `${mail.links.length} of them.`}>
        <ul className="font-sans text-ui">
          {mail.links.map((link) => (
            <li key={link} className="py-1 [overflow-wrap:anywhere]">
              {/^(https?|mailto):/i.test(link) ? <a href={link}>{link}</a> : link}
            </li>
          ))}
        </ul>
      </Section>
      {mail.attachments.length > 0 ? (
        <Section title="Its attachments">
          <ol className="font-sans text-ui">
            {mail.attachments.map(({ filename, contentType, bytes, isKept }, index) => {
              const name = filename ?? `Attachment ${index + 1}`
              return (
                <li key={index} className="py-1 [overflow-wrap:anywhere]">
                  {isKept ? <a href={`${here}/attachments/${index + 1}`}>{name}</a> : name} (
                  {contentType ?? 'of no stated type'}, {bytes.toLocaleString('en-GB')} bytes)
                </li>
              )
            })}
          </ol>
        </Section>
      ) : null}
      <Section title="Its headers">
        <Facts facts={mail.headers} none="None but the usual." />
      </Section>
      <Section title="Its tags" note="By them news of it finds the message again.">
        <Facts facts={mail.tags} none="None." />
      </Section>
      <Section title="What happens next" note="Try what the site makes of it.">
        <form method="post" action={here} className="flex flex-wrap gap-4">
          {happenings.map(({ type, label }) => (
            <Button key={type} look="secondary" name="type" value={type}>
              {label}
            </Button>
          ))}
        </form>
      </Section>
    </>
  )
}

/** Names and what they stand for, those without a value left out. */
function Facts({ facts, none }: { facts: Record<string, ReactNode>; none?: string }) {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== '')
  if (known.length === 0) return <p className="font-sans text-ui text-soft">{none}</p>
  return (
    <dl className="grid gap-x-6 font-sans text-ui sm:grid-cols-[max-content_minmax(0,1fr)]">
      {known.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="pt-2 text-soft [overflow-wrap:anywhere] sm:py-1">{name}</dt>
          <dd className="[overflow-wrap:anywhere] sm:py-1">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
