import { index, prefix, route, type RouteConfig } from '@remix-run/route-config'

/** Every address of the site, on one screen. */
export default [
  index('report/routes/home.tsx'),
  ...prefix('report', [
    index('report/routes/report.tsx'),
    route('findings/:slug', 'report/routes/finding.tsx'),
  ]),
  ...prefix('partners', [
    index('partners/routes/partners.tsx'),
    route(':slug', 'partners/routes/partner.tsx'),
  ]),
  ...prefix('donate', [
    index('donations/routes/donate.tsx'),
    route('give', 'donations/routes/give.tsx'),
    route('thanks', 'donations/routes/thanks.tsx'),
    route('bank', 'donations/routes/bank.tsx'),
  ]),
  ...prefix('updates', [
    index('updates/routes/updates.tsx'),
    route('check', 'updates/routes/updates-check.tsx'),
    route('confirm/:token', 'updates/routes/confirm.tsx'),
    route(':slug', 'updates/routes/update.tsx'),
  ]),
  route('updates.atom', 'updates/routes/updates-feed.ts'),
  ...prefix('me', [
    index('updates/routes/me.tsx'),
    route('check', 'updates/routes/me-check.tsx'),
    route(':token', 'updates/routes/preferences.tsx'),
  ]),
  route('unsubscribe/:token', 'updates/routes/unsubscribe.tsx'),
  route('privacy', 'charity/routes/privacy.tsx'),
  route('accessibility', 'charity/routes/accessibility.tsx'),
  route('contact', 'charity/routes/contact.tsx'),
  route('webhooks/resend', 'mail/routes/resend-webhook.ts'),
  route('webhooks/stripe', 'donations/routes/stripe-webhook.ts'),
  route('refused/:reason', 'refused.tsx'),
  route('theme.css', 'charity/routes/theme-css.ts'),
  // These answer only in a sandbox.
  ...prefix('sandbox', [
    route('components', 'sandbox/routes/components.tsx'),
    route('mail', 'sandbox/routes/mailbox.tsx'),
    route('mail/newest', 'sandbox/routes/newest-mail.ts'),
    route('mail/:id', 'sandbox/routes/mail.tsx'),
    route('mail/:id/html', 'sandbox/routes/mail-html.ts'),
    route('mail/:id/attachments/:number', 'sandbox/routes/mail-attachment.ts'),
  ]),
  // Whatever else is asked for: a page that is not there has a header and a footer too.
  route('*', 'not-found.tsx'),
] satisfies RouteConfig
