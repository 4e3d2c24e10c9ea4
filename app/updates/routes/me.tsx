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
import { Button } from '#app/ui/button.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Section } from '#app/ui/section.tsx'
import { AddressFields, AddressProblems } from '../parts/address-fields.tsx'
import { readAddressForm, sayTooOften } from '../subscribe-form.ts'
import { PRIVATE_LINK_HOURS } from '../subscription.ts'
import { askForPreferencesLink } from '../subscriptions.server.ts'

export const handle = { reading: true } satisfies PageHandle

export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: 'Change or stop updates',
        description: `See and change what ${data.charity} sends you by email.`,
        charity: data.charity,
        canonical: data.canonical,
        hasErrors: data.formRefused,
      })
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  const { name: charity } = await theCharity(context.reader)
  return { charity, canonical: canonicalAddress('/me'), formRefused: context.formRefused }
}

/** Takes a request for a private link. Whether we know the address or not, the answer is the same. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = readAddressForm(await readForm(request))
  const refuse = (errors: { address?: string[]; form?: string[] }, status = 400, headers = {}) => {
    context.formRefused = true
    return data({ typed: form.typed, errors }, { status, headers })
  }
  if (form.outcome === 'refused') return refuse(form.errors)

  const result = await askForPreferencesLink(form.address, context.network)
  switch (result.outcome) {
    case 'asked':
      return redirect('/me/check', 303)
    case 'limited': {
      const headers = { 'retry-after': String(result.retryAfterSeconds) }
      return refuse({ form: [sayTooOften(result.retryAfterSeconds)] }, 429, headers)
    }
  }
}

export default function Me() {
  const { charity } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageTitle
        lede={`There is no password to remember: we send you a private link to the page on which you see and change what ${charity} sends you.`}
      >
        Change or stop updates
      </PageTitle>
      <AddressProblems answer={answer} />
      <Section title="Get your private link" note={`It works for ${PRIVATE_LINK_HOURS} hours.`}>
        <Form method="post" action="/me" noValidate>
          <AddressFields answer={answer} />
          <Button>Send me a link</Button>
        </Form>
      </Section>
    </>
  )
}
