import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { theCharity } from '#app/charity/charity.server.ts'
import { privatePageHeaders, privatePageMeta } from '#app/charity/page-meta.ts'
import { readForm } from '#app/platform/forms.server.ts'
import { sayDay } from '#app/shared/dates.ts'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { agreementWith } from '../agreement.server.ts'
import { DeadLink, deadLinkStatus } from '../parts/dead-link.tsx'
import { Held } from '../parts/held.tsx'
import { Yes, type Agreement } from '../parts/yes.tsx'
import { findPreferences, type Preferences } from '../private-pages.server.ts'
import { wordsHaveChanged } from '../subscribe-form.ts'
import { setPreferences } from '../subscriptions.server.ts'

type Agreed = NonNullable<Preferences['updates']>['agreed']

export const headers = () => privatePageHeaders

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? privatePageMeta('Your updates', data.charity) : []

/** Shows what somebody gets, and what they agreed to. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const found = await findPreferences(context.reader, params['token'] ?? '')
  const status = found.outcome === 'found' ? 200 : deadLinkStatus[found.outcome]
  return data({ charity: charity.name, agreement: agreementWith(charity), found }, { status })
}

/** Does what they chose. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await readForm(request)
  const token = params['token'] ?? ''
  const stop = form.get('updates') === 'stop'
  const { wording, mark } = agreementWith(await theCharity(context.reader))
  if (!stop && form.get('wording') !== mark)
    return data({ outcome: 'words-changed' as const }, { status: 400 })

  const { outcome } = await setPreferences(
    token,
    stop ? { updates: 'stop' } : { updates: 'start', agreed: { wording, given: '/me' } },
  )
  const dead = outcome === 'expired' || outcome === 'unknown'
  return data({ outcome }, { status: dead ? deadLinkStatus[outcome] : 200 })
}

export default function PreferencesPage() {
  const { charity, agreement, found } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()?.outcome
  if (found.outcome !== 'found')
    return <DeadLink outcome={found.outcome} instead={{ href: '/me', label: 'Get a new private link' }} />
  return (
    <>
      <PageTitle lede={`What ${charity} sends to ${found.address}.`}>Your updates</PageTitle>
      <Answer outcome={done} address={found.address} />
      <Section title="Updates by email">
        <Now preferences={found} agreement={agreement} />
      </Section>
      {found.updates ? (
        <Section title="What you agreed to" note={sayDay(found.updates.agreed.on)}>
          <Prose>
            <blockquote>
              <p>{found.updates.agreed.wording}</p>
            </blockquote>
            <p>{whatBecameOfIt(found.updates.agreed)}</p>
          </Prose>
        </Section>
      ) : null}
    </>
  )
}

/** What came of the button that was just pressed. */
function Answer({ outcome, address }: { outcome: string | undefined; address: string }) {
  switch (outcome) {
    case 'stopped':
      return (
        <Notice kind="success" isAnswer>
          Updates are stopped. One that is under way may still arrive.
        </Notice>
      )
    case 'asked':
      return (
        <Notice title="Check your email" isAnswer>
          We send a message to {address}. Open the link in it to confirm.
        </Notice>
      )
    case 'words-changed':
      return (
        <Notice kind="warning" isAnswer>
          {wordsHaveChanged}
        </Notice>
      )
    default:
      return null
  }
}

/** How it stands with the updates, and the button that changes it. */
function Now({
  preferences: { updates, held },
  agreement,
}: {
  preferences: Preferences
  agreement: Agreement
}) {
  return (
    <>
      {held === null ? <Prose text={howItStands(updates)} /> : <Held why={held} />}
      <div className="mt-6">
        {updates?.state === 'confirmed' || updates?.state === 'asked' ? (
          <Form method="post">
            <input type="hidden" name="updates" value="stop" />
            <Button look={updates.state === 'asked' ? 'secondary' : 'primary'}>
              {updates.state === 'asked' ? 'I do not want them' : 'Stop updates'}
            </Button>
          </Form>
        ) : held === null ? (
          <Form method="post">
            <input type="hidden" name="updates" value="start" />
            <Yes agreement={agreement} />
          </Form>
        ) : null}
      </div>
    </>
  )
}

function howItStands(updates: Preferences['updates']): string {
  if (!updates) return 'You get none.'
  const since = sayDay(updates.since)
  switch (updates.state) {
    case 'confirmed':
      return `You have had them since ${since}.`
    case 'asked':
      return `You asked for them on ${since}. Open the link in the message that we sent, and they begin.`
    case 'left':
      return `You get none: they were stopped on ${since}.`
    case 'expired':
      return 'You get none: the last time you asked, it was not confirmed in time.'
  }
}

function whatBecameOfIt({ confirmedOn, withdrawnOn }: Agreed): string {
  return [
    confirmedOn ? `You confirmed it on ${sayDay(confirmedOn)}.` : 'You have not confirmed it.',
    withdrawnOn ? `You took it back on ${sayDay(withdrawnOn)}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}
