import {
  data,
  redirect,
  type ActionFunctionArgs,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { theCharity } from '#app/charity/charity.server.ts'
import { privatePageMeta } from '#app/charity/page-meta.ts'
import { requirePartnerId } from '#app/partners/partners.server.ts'
import { readForm } from '#app/platform/forms.server.ts'
import { couldBeToken, randomToken } from '#app/platform/tokens.server.ts'
import { Breadcrumbs } from '#app/ui/breadcrumbs.tsx'
import { trapName } from '#app/ui/trap-field.tsx'
import { agreementByTick } from '#app/updates/agreement.server.ts'
import { openCheckout, promiseGift } from '../checkout.server.ts'
import { giftChoices, partnersOf, untouched } from '../choices.server.ts'
import { readChoice, readDetails, typedDetails, type DetailErrors } from '../gift-form.ts'
import { findGiftForm } from '../gift-pages.server.ts'
import { isGiven, type GiftAsked } from '../gift.ts'
import { notComplete, sayNotOpened } from '../not-opened.ts'
import { GiveSteps } from '../parts/give-steps.tsx'
import { UnknownGift } from '../parts/unknown-gift.tsx'
import { carriedDetails, choiceFields, chooseStep, detailsStep, type Step } from '../steps.ts'

// A link to another site tells it nothing of this address; the page's own form must say where it comes from.
export const headers: HeadersFunction = ({ loaderHeaders, actionHeaders }) => {
  const retryAfter = actionHeaders.get('retry-after')
  return {
    'x-robots-tag': 'noindex',
    'cache-control': actionHeaders.get('cache-control') ?? loaderHeaders.get('cache-control') ?? keptByNobody,
    ...(retryAfter ? { 'retry-after': retryAfter } : {}),
  }
}

const keptByNobody = 'no-store'

/** Who goes back in their browser from the payment page finds the same form, so that it is the same gift. */
const keptForGoingBack = 'private, no-cache'

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? privatePageMeta('Your gift', data.charity, { hasErrors: data.hasErrors }) : []

/** Shows the form: as somebody chose, as they left it, or untouched. Every form that asks who gives has a token of its own. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const choices = await giftChoices(context.reader)
  const show = (step: Step | null, status: number, headers = {}) => {
    const hasErrors = context.formRefused ?? status === 400
    const agreement = agreementByTick(charity)
    return data({ charity: charity.name, choices, agreement, hasErrors, step }, { status, headers })
  }
  const query = new URL(request.url).searchParams
  const token = query.get('gift')
  if (token !== null) {
    const gift = await findGiftForm(context.reader, token)
    if (!gift) return show(null, 404)
    if (isGiven(gift.state)) throw redirect(`/donate/thanks?gift=${token}`, 303)
    return show(detailsStep(choices, gift.choice, token, gift), 200)
  }
  const asked = choiceFields.filter((name) => query.has(name))
  if (asked.every((name) => name === 'to'))
    return show(chooseStep(untouched(query.get('to') ?? undefined)), 200)
  const read = readChoice(query, partnersOf(choices))
  if (read.outcome === 'refused') return show(chooseStep(read.typed, read.errors), 400)
  const headers = { 'cache-control': keptForGoingBack }
  return show(detailsStep(choices, read.choice, randomToken()), 200, headers)
}

/** Takes the form. What was typed comes back whatever happens, until the gift is made. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request)
  const choices = await giftChoices(context.reader)
  const agreement = agreementByTick(await theCharity(context.reader))
  const sent = text(form, 'gift')
  const token = couldBeToken(sent) ? sent : randomToken()
  const go = text(form, 'go')
  const show = (step: Step, status: number, headers = {}) =>
    data({ step }, { status, headers: { ...headers, 'cache-control': keptByNobody } })
  const refuse = (step: Step, status: number, headers = {}) => {
    context.formRefused = true
    return show(step, status, headers)
  }

  const read = readChoice(form, partnersOf(choices))
  const typed = typedDetails(form, agreement.mark)
  const carried = carriedDetails(token, typed, agreement.mark)
  if (go === 'change') return show(chooseStep(read.typed, {}, carried), 200)
  if (read.outcome === 'refused') return refuse(chooseStep(read.typed, read.errors, carried), 400)
  const details = (errors: DetailErrors) => detailsStep(choices, read.choice, token, { typed, errors })
  if (go === 'choose') return show(details({}), 200)

  const who = readDetails(form, agreement.mark, text(form, trapName))
  if (who.outcome === 'refused') return refuse(details(who.errors), 400)
  if (token !== sent) return refuse(details({ form: [notComplete] }), 400)
  const { updates, ...words } = who.details
  const wish: GiftAsked = {
    amount: read.choice.amount,
    purpose: read.choice.to === null ? null : await requirePartnerId(context.reader, read.choice.to),
    ...words,
    updatesWording: updates ? agreement.wording : null,
  }
  const result =
    go === 'bank'
      ? await promiseGift(token, wish, context.network)
      : await openCheckout(token, wish, context.network)
  switch (result.outcome) {
    case 'page':
      return redirect(result.url, 303)
    case 'promised':
      return redirect(`/donate/bank?gift=${token}`, 303)
    case 'given':
      return redirect(`/donate/thanks?gift=${token}`, 303)
    default: {
      const { status, headers, errors } = sayNotOpened(result, go === 'bank')
      return refuse(details(errors), status, headers)
    }
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

export default function Give() {
  const { charity, choices, agreement, step } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const now = answer?.step ?? step
  if (now === null) return <UnknownGift />
  return (
    <>
      <Breadcrumbs
        trail={[
          { label: 'Home', href: '/' },
          { label: 'Donate', href: '/donate' },
        ]}
      />
      <GiveSteps step={now} attempt={answer} charity={charity} choices={choices} agreement={agreement} />
    </>
  )
}
