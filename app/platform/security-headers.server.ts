import type { Mode } from './environment.ts'

/** Where a form may lead: ourselves, and Stripe's own pages, to which giving is redirected (W3C CSP issue 8). */
const FORM_TARGETS = ['https://checkout.stripe.com', 'https://billing.stripe.com']

/**
 * The content security policy of a page. Without a nonce nothing runs at all: reading pages have no script.
 * `sandboxOrigins` are the stand-ins' addresses, in sandbox.
 */
export function contentSecurityPolicy({
  nonce,
  sandboxOrigins = [],
}: {
  nonce: string | undefined
  sandboxOrigins?: readonly string[]
}): string {
  const directives = {
    'default-src': [`'none'`],
    'script-src': nonce ? [`'self'`, `'nonce-${nonce}'`] : [`'none'`],
    'connect-src': nonce ? [`'self'`] : [`'none'`],
    'style-src': [`'self'`],
    'img-src': [`'self'`],
    'font-src': [`'self'`],
    'manifest-src': [`'self'`],
    'form-action': [`'self'`, ...FORM_TARGETS, ...sandboxOrigins],
    'frame-ancestors': [`'none'`],
    'base-uri': [`'none'`],
  }
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
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
