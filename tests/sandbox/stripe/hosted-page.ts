import type Stripe from 'stripe'
import type { Payer } from './charges.ts'
import { written } from './currencies.ts'
import type { Params } from './form.ts'
import { payLate } from './late.ts'
import { debitNames, declineNames, declines, lateMethods, type Decline } from './methods.ts'
import { button, escaped, facts, group, page } from './page.ts'
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

/**
 * The page that a payer is sent to (docs.stripe.com/payments/checkout/how-checkout-works): in place of Stripe's own,
 * plain and without script.
 */
export function visit(standIn: StandIn, method: string, path: string, form: Params): Seen {
  const id = path.slice('/c/pay/'.length)
  const session = standIn.store.findOf('checkout.session', id)
  if (!session) return shown(404, page('No such page', '<p>This link leads to no payment.</p>'))
  if (session.status !== 'open') return shown(200, ended(session), session.id)
  if (method !== 'POST') return shown(200, open(standIn, session), session.id)
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
    return { ...shown(402, open(standIn, session, { decline, payer }), session.id), outcome: 'accepted' }
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
      return { ...shown(400, open(standIn, session), session.id), outcome: 'refused' }
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

/** docs.stripe.com/api/checkout/sessions/create#create_checkout_session-submit_type: what the button says. */
const verbs: Record<string, string> = { donate: 'Donate', book: 'Book' }

/** What a payer sees, or sees again after their card was declined, with what they had typed. */
function open(standIn: StandIn, session: Session, declined?: { decline: Decline; payer: Payer }): string {
  const { amount_total: total, cancel_url: cancelUrl, currency, payment_method_types: methods } = session
  const amount = written(total ?? 0, currency ?? 'gbp')
  const doing = `${verbs[session.submit_type ?? ''] ?? 'Pay'} ${amount}`
  const payee = payeeOf(standIn, session)
  const late = lateMethods[currency ?? '']
  const lines = standIn.store.planOf(session.id)?.line_items ?? []
  const parts = [
    declined &&
      `<p role="alert"><strong>${escaped(declines[declined.decline][1])}</strong> Nothing was taken. You can try again.</p>`,
    facts([
      ['To', payee],
      ['For', lines.map(({ description, quantity }) => lineOf(description, quantity)).join(', ')],
      ['Amount', amount],
    ]),
    '<form method="post">',
    field(
      'Email',
      'email',
      declined?.payer.email ?? session.customer_email,
      'type="email" autocomplete="email"',
    ),
    field('Name', 'name', declined?.payer.name ?? null, 'autocomplete="name"'),
    methods.includes('card') && button('pay', `${doing} by card`, 'main'),
    late !== undefined &&
      methods.includes(late) &&
      group(`By ${debitNames[late]}: the bank answers days later`, [
        button('late:clear', `${doing}, and the money comes`),
        button('late:bounce', `${doing}, and the bank refuses`),
      ]),
    methods.includes('card') &&
      group(
        'By a card that does not work',
        declineNames.map((name) => button(`decline:${name}`, declines[name][3])),
      ),
    cancelUrl !== null && button('leave', `Go back to ${payee} without paying`),
    '</form>',
  ]
  return page(doing, parts.filter(Boolean).join('\n'))
}

/**
 * Whom the money is for (docs.stripe.com/api/checkout/sessions/create#create_checkout_session-branding_settings): the
 * name that the session shows, or the account's, or else the site that the payer comes from and goes back to.
 */
function payeeOf({ account }: StandIn, { branding_settings: branding, success_url: url }: Session): string {
  return branding?.display_name ?? account.name ?? new URL(url ?? 'http://nobody.invalid').host
}

const lineOf = (description: string | null, quantity: number | null) =>
  quantity === 1 ? (description ?? '') : `${quantity} × ${description}`

const field = (label: string, name: string, value: string | null, more: string) =>
  `<p><label>${label}<input name="${name}" value="${escaped(value ?? '')}" ${more}></label></p>`
