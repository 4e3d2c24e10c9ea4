import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { theCharity } from '#app/charity/charity.server.ts'
import { privatePageHeaders, privatePageMeta } from '#app/charity/page-meta.ts'
import { Button } from '#app/ui/button.tsx'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Section } from '#app/ui/section.tsx'
import { agreementWith } from '../agreement.server.ts'
import { DeadLink, deadLinkStatus } from '../parts/dead-link.tsx'
import { Held } from '../parts/held.tsx'
import { Yes } from '../parts/yes.tsx'
import { findLeaving } from '../private-pages.server.ts'
import { askAgainByLink, leaveByLink } from '../subscriptions.server.ts'

export const headers = () => privatePageHeaders

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? privatePageMeta('Stop updates', data.charity) : []

/** Shows what would be stopped. A GET stops nothing: scanners open every link in a mail. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const found = await findLeaving(context.reader, params['token'] ?? '')
  const status = found.outcome === 'unknown' ? deadLinkStatus.unknown : 200
  return data({ charity: charity.name, agreement: agreementWith(charity), found }, { status })
}

/**
 * Ends updates at once, whoever posts: the button on the page, or a mail program with RFC 8058's one-click body. Only
 * the page's second button, after a mistake, means anything else.
 */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const token = params['token'] ?? ''
  const sent = await whatWasSent(request)
  if (sent === 'ask-again') {
    const { wording } = agreementWith(await theCharity(context.reader))
    const { outcome } = await askAgainByLink(token, { wording, given: '/unsubscribe' })
    return data({ outcome }, { status: outcome === 'unknown' ? deadLinkStatus.unknown : 200 })
  }
  const { outcome } = await leaveByLink(token, sent)
  return data({ outcome }, { status: outcome === 'unknown' ? deadLinkStatus.unknown : 200 })
}

/** Leaving is never refused because of its form: what cannot be read was not sent by our page, so by a mail program. */
async function whatWasSent(request: Request): Promise<'one-click' | 'unsubscribe page' | 'ask-again'> {
  const form = await request.formData().catch(() => undefined)
  if (form?.get('do') === 'ask-again') return 'ask-again'
  return form?.get('do') === 'stop' ? 'unsubscribe page' : 'one-click'
}

export default function Unsubscribe() {
  const { charity, agreement, found } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()?.outcome
  if (found.outcome === 'unknown')
    return (
      <DeadLink outcome="unknown" instead={{ href: '/me', label: 'Get a private link to stop updates' }} />
    )
  if (done === 'asked')
    return (
      <PageTitle lede={`We send a message to ${found.address}. Open the link in it to confirm.`}>
        Check your email
      </PageTitle>
    )
  if (!found.ended)
    return (
      <>
        <PageTitle lede={`${charity} sends them to ${found.address}.`}>Stop updates?</PageTitle>
        <Form method="post">
          <input type="hidden" name="do" value="stop" />
          <Button>Stop updates</Button>
        </Form>
      </>
    )
  return (
    <>
      <PageTitle
        lede={`${charity} sends none to ${found.address} any more. One that is under way may still arrive.`}
      >
        Updates are stopped
      </PageTitle>
      {found.held === null ? (
        <Section title="If that was a mistake" note="We ask once more by email whether you want them.">
          <Form method="post">
            <input type="hidden" name="do" value="ask-again" />
            <Yes agreement={agreement} look="secondary" />
          </Form>
        </Section>
      ) : (
        <Section title="If that was a mistake">
          <Held why={found.held} />
        </Section>
      )}
    </>
  )
}
