import type Stripe from 'stripe'
import type { Payer } from './charges.ts'
import type { Params } from './form.ts'
import { payLate } from './late.ts'
import { declineNames, declines, lateMethods, type Decline } from './methods.ts'
import { declineCard, payByCard } from './paying.ts'
import type { StandIn } from './stand-in.ts'

type Session = Stripe.Checkout.Session

/** What the browser gets, and what the log says of it. */
export type Seen = {
  status: number
  headers: Record<string, string>
  html: string
  outcome: 'accepted' | 'answered' | 'refused'
  id: string | null
}

/** The page that a payer is sent to: in place of checkout.stripe.com, plain and without script. */
export function visit(standIn: StandIn, method: string, path: string, form: Params): Seen {
  const id = path.slice('/c/pay/'.length)
  const session = standIn.store.findOf('checkout.session', id)
  if (!session) return shown(404, page('No such page', '<p>This link leads to no payment.</p>'))
  if (session.status !== 'open') return shown(200, ended(session), session.id)
  if (method !== 'POST') return shown(200, open(session), session.id)
  const seen = act(standIn, session, form)
  standIn.commit()
  return seen
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** What the payer's button does. */
function act(standIn: StandIn, session: Session, form: Params): Seen {
  const payer: Payer = { email: text(form['email']) ?? session.customer_email, name: text(form['name']) }
  const does = text(form['do']) ?? ''
  const decline = declineNames.find((name) => does === `decline:${name}`)
  if (decline) {
    declineCard(standIn, session, payer, decline)
    return { ...shown(402, open(session, decline), session.id), outcome: 'accepted' }
  }
  switch (does) {
    case 'pay':
      payByCard(standIn, session, payer)
      return back(session, session.success_url)
    case 'late:clear':
    case 'late:bounce':
      payLate(standIn, session, payer, does === 'late:clear' ? 'clear' : 'bounce')
      return back(session, session.success_url)
    case 'leave':
      return { ...back(session, session.cancel_url), outcome: 'answered' }
    default:
      return { ...shown(400, open(session), session.id), outcome: 'refused' }
  }
}

/** docs.stripe.com/payments/checkout/custom-success-page: the session's id where the address asks for it. */
function back(session: Session, url: string | null): Seen {
  const location = (url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
  return { status: 303, headers: { location }, html: '', outcome: 'accepted', id: session.id }
}

function shown(status: number, html: string, id: string | null = null): Seen {
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  }
  return { status, headers, html, outcome: status === 404 ? 'refused' : 'answered', id }
}

function ended({ status }: Session): string {
  return status === 'expired'
    ? page('This page has expired', '<p>Nobody can pay here any more. Nothing was taken.</p>')
    : page('You are all done here', '<p>This payment has been made already.</p>')
}

function open(session: Session, declined?: Decline): string {
  const amount = amountOf(session)
  const verb = session.submit_type === 'donate' ? 'Donate' : 'Pay'
  const late = lateMethods[session.currency ?? '']
  const takesLate = late !== undefined && session.payment_method_types.includes(late)
  const takesCard = session.payment_method_types.includes('card')
  return page(
    `${verb} ${amount}`,
    `${declined ? `<p role="alert"><strong>${escaped(declines[declined][1])}</strong> You can try again.</p>` : ''}
<form method="post">
<p><label>Email <input name="email" type="email" autocomplete="email" value="${escaped(session.customer_email ?? '')}"></label></p>
<p><label>Name <input name="name" autocomplete="name"></label></p>
${takesCard ? button('pay', `${verb} ${amount} by card`) : ''}
${takesLate ? group('By debit: the money comes days later', [button('late:clear', 'By debit, and it comes'), button('late:bounce', 'By debit, and it fails')]) : ''}
${
  takesCard
    ? group(
        'A card that is declined',
        declineNames.map((name) => button(`decline:${name}`, name.replaceAll('_', ' '))),
      )
    : ''
}
${session.cancel_url === null ? '' : button('leave', 'Leave without paying')}
</form>`,
  )
}

function amountOf({ amount_total: amount, currency }: Session): string {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency: currency ?? 'gbp' }).format(
    (amount ?? 0) / 100,
  )
}

const button = (does: string, label: string) =>
  `<p><button name="do" value="${does}">${escaped(label)}</button></p>`

const group = (legend: string, buttons: string[]) =>
  `<fieldset><legend>${escaped(legend)}</legend>${buttons.join('\n')}</fieldset>`

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>body{font:1rem/1.5 system-ui;max-width:34rem;margin:2rem auto;padding:0 1rem}button,input{font:inherit;padding:.4rem .8rem}</style>
</head><body><p>This page stands in for Stripe’s. No money moves here; type no card.</p>
<main><h1>${escaped(title)}</h1>
${content}
</main></body></html>
`
}

function escaped(words: string): string {
  return words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
