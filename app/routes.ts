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
  ...prefix('updates', [
    index('updates/routes/updates.tsx'),
    route('check', 'updates/routes/updates-check.tsx'),
    route('confirm/:token', 'updates/routes/confirm.tsx'),
  ]),
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
  route('refused/:reason', 'refused.tsx'),
  route('theme.css', 'charity/routes/theme-css.ts'),
  // Answers only in a sandbox.
  route('sandbox/components', 'sandbox/routes/components.tsx'),
  // Whatever else is asked for: a page that is not there has a header and a footer too.
  route('*', 'not-found.tsx'),
] satisfies RouteConfig
