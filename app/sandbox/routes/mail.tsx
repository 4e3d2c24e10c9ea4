import {
  data,
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '#app/ui/breadcrumbs.tsx'
import { documentTitle } from '#app/ui/document-title.ts'
import { Notice } from '#app/ui/notice.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { happeningOf } from '../happenings.ts'
import { MailPage } from '../mail-page.tsx'
import { MailboxAway } from '../mailbox-parts.tsx'
import { findKnownState, findMail, letHappen } from '../mailbox.server.ts'
import { requireSandbox } from '../sandbox.server.ts'

export const handle = { frames: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: documentTitle([data?.outcome === 'found' ? data.mail.subject : undefined, 'Mailbox']) },
  { name: 'robots', content: 'noindex' },
]

/** One mail, whole: as it is read, its text, its links, its headers, and what became of it. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  requireSandbox()
  const answer = await findMail(params['id'] ?? '')
  switch (answer.outcome) {
    case 'none':
      throw data(null, { status: 404 })
    case 'away':
      return data({ outcome: 'away' as const }, { status: 503 })
    case 'found': {
      const { attachments, ...mail } = answer.value
      return data({
        outcome: 'found' as const,
        // Their bytes have an address of their own.
        mail: {
          ...mail,
          attachments: attachments.map(({ content, ...facts }) => ({ ...facts, isKept: content !== null })),
        },
        knownAs: await findKnownState(context.reader, mail),
        happened: happeningOf(new URL(request.url).searchParams.get('happened')),
      })
    }
  }
}

/** Lets one of the things happen to it that happen to mail. */
export async function action({ params, request }: ActionFunctionArgs) {
  requireSandbox()
  const id = params['id'] ?? ''
  const happening = happeningOf((await request.formData()).get('type'))
  if (!happening) throw data(null, { status: 400 })
  const answer = await letHappen(id, happening.type)
  switch (answer.outcome) {
    case 'none':
      throw data(null, { status: 404 })
    case 'away':
      return redirect(`/sandbox/mail/${encodeURIComponent(id)}`, 303)
    case 'found':
      return redirect(`/sandbox/mail/${encodeURIComponent(id)}?happened=${happening.type}`, 303)
  }
}

export default function MailRoute() {
  const found = useLoaderData<typeof loader>()
  const trail = [
    { label: 'Home', href: '/' },
    { label: 'Mailbox', href: '/sandbox/mail' },
  ]
  return (
    <>
      <Breadcrumbs trail={trail} />
      {found.outcome === 'away' ? (
        <>
          <PageTitle kicker="Sandbox">Mailbox</PageTitle>
          <MailboxAway />
        </>
      ) : (
        <>
          <PageTitle kicker="Sandbox: a mail">{found.mail.subject || '(no subject)'}</PageTitle>
          {found.happened ? (
            <Notice kind="success" isAnswer>
              {found.happened.answer} The site hears of it as it would from the mail provider.
            </Notice>
          ) : null}
          <MailPage mail={found.mail} knownAs={found.knownAs} />
        </>
      )}
    </>
  )
}
