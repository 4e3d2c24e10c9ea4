import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { theCharity } from '#app/charity/charity.server.ts'
import { privatePageHeaders, privatePageMeta } from '#app/charity/page-meta.ts'
import { Button } from '#app/ui/button.tsx'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { DeadLink, deadLinkStatus } from '../parts/dead-link.tsx'
import { Held } from '../parts/held.tsx'
import { findConfirmation } from '../private-pages.server.ts'
import { CONFIRM_WITHIN_HOURS } from '../subscription.ts'
import { confirmSubscription } from '../subscriptions.server.ts'

export const headers = () => privatePageHeaders

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? privatePageMeta('Confirm your address', data.charity) : []

/** Shows the question. Only the button answers it: scanners open every link in a mail. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const { name: charity } = await theCharity(context.reader)
  const found = await findConfirmation(context.reader, params['token'] ?? '')
  return data({ charity, found }, { status: statusOf(found.outcome) })
}

/** The owner of the address says yes. */
export async function action({ params }: ActionFunctionArgs) {
  const result = await confirmSubscription(params['token'] ?? '')
  return data({ result }, { status: statusOf(result.outcome) })
}

export default function Confirm() {
  const { charity, found } = useLoaderData<typeof loader>()
  const now = useActionData<typeof action>()?.result ?? found
  switch (now.outcome) {
    case 'open':
      return (
        <>
          <PageTitle lede={`They go to ${now.address}.`}>Do you want updates from {charity}?</PageTitle>
          <Prose>
            <p>The form said:</p>
            <blockquote>
              <p>{now.wording}</p>
            </blockquote>
          </Prose>
          <Form method="post" className="mt-8">
            <Button>Yes, send me updates</Button>
          </Form>
          <p className="mt-8 max-w-measure font-sans text-note text-soft">
            If you did not ask for this, close the page: nothing is sent, and after {CONFIRM_WITHIN_HOURS}{' '}
            hours the request is forgotten.
          </p>
        </>
      )
    case 'confirmed':
      return (
        <>
          <PageTitle lede={`Thank you. The next update from ${charity} comes to you by email.`}>
            You get updates
          </PageTitle>
          <Prose>
            <p>Every update has a link to stop them.</p>
            <p>
              Meanwhile you can <a href="/report">read the findings</a>, or{' '}
              <a href="/partners">meet the partners</a>.
            </p>
          </Prose>
        </>
      )
    case 'already':
      return (
        <>
          <PageTitle lede={`You get updates from ${charity}, and there is nothing more to do.`}>
            You have confirmed already
          </PageTitle>
          <p>
            <a href="/me">Change or stop updates</a>
          </p>
        </>
      )
    case 'stopped':
      return (
        <>
          <PageTitle lede="You had them stopped, so this link does nothing any more.">
            Updates to this address are stopped
          </PageTitle>
          <p>
            <a href="/updates">Ask for updates again</a>
          </p>
        </>
      )
    case 'held':
      return (
        <>
          <PageTitle lede="We have your answer, but we do not write to this address.">
            Updates cannot reach you
          </PageTitle>
          <Held why={now.why} />
        </>
      )
    case 'expired':
    case 'unknown':
      return (
        <DeadLink
          outcome={now.outcome}
          instead={{ href: '/updates', label: 'Ask for updates again, and we send you a new link' }}
        />
      )
  }
}

function statusOf(outcome: string): number {
  return outcome === 'expired' || outcome === 'unknown' ? deadLinkStatus[outcome] : 200
}
