import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '#app/ui/breadcrumbs.tsx'
import { Button } from '#app/ui/button.tsx'
import { documentTitle } from '#app/ui/document-title.ts'
import { Field } from '#app/ui/field.tsx'
import { Card, LinkList } from '#app/ui/link-list.tsx'
import { PageTitle } from '#app/ui/page-title.tsx'
import { MailboxAway, MailState, MailTime } from '../mailbox-parts.tsx'
import { findMails } from '../mailbox.server.ts'
import { requireSandbox } from '../sandbox.server.ts'

const A_PAGE = 50

export const meta: MetaFunction = () => [
  { title: documentTitle(['Mailbox']) },
  { name: 'robots', content: 'noindex' },
]

/** Every mail that the sandbox has sent, newest first. Only a sandbox has one. */
export async function loader({ request }: LoaderFunctionArgs) {
  requireSandbox()
  const query = new URL(request.url).searchParams
  const to = query.get('to')?.trim() ?? ''
  const page = Math.max(1, Math.trunc(Number(query.get('page')) || 1))
  const answer = await findMails({ to, skip: (page - 1) * A_PAGE, limit: A_PAGE })
  if (answer.outcome !== 'found') return data({ outcome: 'away' as const }, { status: 503 })
  const { total, data: mails } = answer.value
  return data({ outcome: 'found' as const, to, page, total, mails, pages: Math.ceil(total / A_PAGE) })
}

export default function Mailbox() {
  const found = useLoaderData<typeof loader>()
  return (
    <>
      <Breadcrumbs trail={[{ label: 'Home', href: '/' }]} />
      <PageTitle
        kicker="Sandbox"
        lede="Every mail that this site has sent. None of it has left this computer, whoever it is addressed to."
      >
        Mailbox
      </PageTitle>
      {found.outcome === 'away' ? <MailboxAway /> : <Mails {...found} />}
    </>
  )
}

type MailsProps = Extract<ReturnType<typeof useLoaderData<typeof loader>>, { outcome: 'found' }>

function Mails({ to, page, pages, total, mails }: MailsProps) {
  const pageHref = (number: number) =>
    `/sandbox/mail?${new URLSearchParams({ ...(to ? { to } : {}), page: String(number) })}`
  return (
    <>
      {total > 0 || to ? (
        <form method="get" action="/sandbox/mail" role="search" className="mb-10">
          <Field
            label="Find mail to"
            name="to"
            hint="An address, or a part of one."
            autoComplete="off"
            width="medium"
            defaultValue={to}
          />
          <p className="flex flex-wrap items-center gap-4">
            <Button look="secondary">Find</Button>
            {to ? (
              <Button look="link" href="/sandbox/mail">
                Show all mail
              </Button>
            ) : null}
          </p>
        </form>
      ) : null}
      {total === 0 ? <NoMail to={to} /> : null}
      <LinkList>
        {mails.map(({ id, subject, to: receivers, at, lastEvent }) => (
          <Card
            key={id}
            href={`/sandbox/mail/${id}`}
            title={subject || '(no subject)'}
            level={2}
            kicker={<MailTime at={at} />}
          >
            <p className="font-sans text-ui">
              <span className="[overflow-wrap:anywhere]">To {receivers.join(', ')}</span>{' '}
              <MailState lastEvent={lastEvent} />
            </p>
          </Card>
        ))}
      </LinkList>
      {pages > 1 ? (
        <nav aria-label="Pages" className="mt-8 font-sans text-ui">
          <p className="flex flex-wrap gap-x-6">
            {page > 1 ? <a href={pageHref(page - 1)}>Newer mail</a> : null}
            <span className="text-soft">
              Page {page} of {pages}
            </span>
            {page < pages ? <a href={pageHref(page + 1)}>Older mail</a> : null}
          </p>
        </nav>
      ) : null}
    </>
  )
}

function NoMail({ to }: { to: string }) {
  return to ? (
    <p>There is no mail to “{to}”.</p>
  ) : (
    <p className="max-w-measure">
      No mail yet. <a href="/updates">Ask for updates</a> with any address, and look here again: the mail lies
      here within a second or two.
    </p>
  )
}
