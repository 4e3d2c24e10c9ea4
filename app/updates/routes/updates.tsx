import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { readForm } from '#app/platform/forms.server.ts'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { agreementWith } from '../agreement.server.ts'
import { feedLink } from '../feed-link.ts'
import { AddressFields, AddressProblems } from '../parts/address-fields.tsx'
import { UpdateList } from '../parts/update-list.tsx'
import { Yes } from '../parts/yes.tsx'
import { readAddressForm, sayTooOften, wordsHaveChanged } from '../subscribe-form.ts'
import { CONFIRM_WITHIN_HOURS } from '../subscription.ts'
import { askToSubscribe } from '../subscriptions.server.ts'
import { listUpdates } from '../updates.server.ts'

export const handle = { reading: true } satisfies PageHandle

export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        ...pageMeta({
          title: 'Updates',
          description: `News from ${data.charity}: what was sent so far, and how to get it by email.`,
          charity: data.charity,
          canonical: data.canonical,
          hasErrors: data.formRefused,
        }),
        feedLink,
      ]
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  return {
    charity: charity.name,
    agreement: agreementWith(charity),
    updates: await listUpdates(context.reader),
    canonical: canonicalAddress('/updates'),
    formRefused: context.formRefused,
  }
}

/** Takes a request to get updates. Whoever asks, and whatever we know of the address, the answer is the same. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = readAddressForm(await readForm(request))
  const refuse = (errors: { address?: string[]; form?: string[] }, status = 400, headers = {}) => {
    context.formRefused = true
    return data({ typed: form.typed, errors }, { status, headers })
  }
  if (form.outcome === 'refused') return refuse(form.errors)
  const { wording, mark } = agreementWith(await theCharity(context.reader))
  if (form.wordingMark !== mark) return refuse({ form: [wordsHaveChanged] })

  const result = await askToSubscribe(form.address, { wording, given: '/updates' }, context.network)
  switch (result.outcome) {
    case 'asked':
      return redirect('/updates/check', 303)
    case 'limited': {
      const headers = { 'retry-after': String(result.retryAfterSeconds) }
      return refuse({ form: [sayTooOften(result.retryAfterSeconds)] }, 429, headers)
    }
  }
}

export default function Updates() {
  const { charity, agreement, updates } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageTitle lede={`News from ${charity} about its work and its campaigns, by email.`}>Updates</PageTitle>
      <AddressProblems answer={answer} />
      <Section title="Get updates by email">
        <Form method="post" action="/updates" noValidate>
          <AddressFields answer={answer} />
          <Yes agreement={agreement} />
        </Form>
      </Section>
      <Section title="What happens next">
        <Prose>
          <ol>
            <li>We send a message to the address, with a link to confirm it.</li>
            <li>Open the link within {CONFIRM_WITHIN_HOURS} hours and say yes.</li>
            <li>From then on you get updates. Until you say yes, you get none.</li>
          </ol>
          <p>
            The <a href="/privacy#updates">privacy page</a> says what is stored. If you get updates already,
            you can <a href="/me">change or stop them</a>.
          </p>
        </Prose>
      </Section>
      <Section title="Updates so far">
        <UpdateList updates={updates} />
        <p className="mt-6 font-sans text-ui">
          Without giving an address, you can follow them in a feed reader:{' '}
          <a href="/updates.atom">Atom feed</a>.
        </p>
      </Section>
    </>
  )
}
