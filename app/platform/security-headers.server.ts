import type { Mode } from './environment.ts'

/**
 * Where a form may lead beside ourselves: to Stripe's own pages. Chromium holds the redirect that answers a form to the
 * policy too (W3C CSP issue 8), so the page that a gift is sent from must name where it is paid.
 */
const FORM_TARGETS = ['https://checkout.stripe.com', 'https://billing.stripe.com']

/** The content security policy of a page. Without a nonce nothing runs at all: reading pages have no script. */
export function contentSecurityPolicy({
  nonce,
  frames = false,
  stripeApiBase,
}: {
  nonce: string | undefined
  /** The page shows another of ours in a frame. */
  frames?: boolean
  /** Where Stripe is spoken to, when not at its own address: a stand-in has its hosted pages there too. */
  stripeApiBase: string | undefined
}): string {
  const standIn = stripeApiBase ? [new URL(stripeApiBase).origin] : []
  const directives = {
    'default-src': [`'none'`],
    'script-src': nonce ? [`'self'`, `'nonce-${nonce}'`] : [`'none'`],
    'connect-src': nonce ? [`'self'`] : [`'none'`],
    'style-src': [`'self'`],
    'img-src': [`'self'`],
    'font-src': [`'self'`],
    'manifest-src': [`'self'`],
    ...(frames ? { 'frame-src': [`'self'`] } : {}),
    'form-action': [`'self'`, ...FORM_TARGETS, ...standIn],
    'frame-ancestors': [`'none'`],
    'base-uri': [`'none'`],
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

/**
 * The headers of a stranger's HTML that is shown in a frame of ours. It is nobody's page: it has no origin, runs no
 * script, sends no form, and fetches nothing but our own pictures. Its links open beside it, as pages like any other.
 */
export const framedHeaders: Record<string, string> = {
  'content-security-policy': [
    `default-src 'none'`,
    `style-src 'unsafe-inline'`,
    `img-src 'self' data:`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'self'`,
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
}

/** The headers that every answer carries, whatever it is. */
export function securityHeaders(mode: Mode): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()',
    // Two years, and this host only: the charity's other hosts are not ours to decide about (RFC 6797).
    ...(mode === 'live' ? { 'strict-transport-security': 'max-age=63072000' } : {}),
  }
}
