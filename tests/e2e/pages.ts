/** One address of the seeded site. */
export type SitePage = {
  path: string
  /** The answer's status; 200 unless said otherwise. */
  status?: number
  /** Ships script. Every other page is for reading: no script at all. */
  script?: true
  /** No page leads here: visitors come by a mistake, developers by its address. */
  hidden?: true
}

/** Every page of the seeded site: the browser looks at each, and `npm run screenshots` draws each. */
export const pages: SitePage[] = [
  { path: '/' },
  { path: '/report' },
  { path: '/report/findings/maltreatment-of-prisoners' },
  { path: '/report/findings/violations-of-international-law' },
  { path: '/report/findings/genocidal-policies' },
  { path: '/report/findings/war-of-terror' },
  { path: '/report/findings/international-impunity' },
  { path: '/report/findings/humanitarian-aid' },
  { path: '/report/findings/self-determination' },
  { path: '/partners' },
  { path: '/partners/lady-cox-rehabilitation-centre' },
  { path: '/partners/sample-nigeria' },
  { path: '/partners/sample-south-sudan' },
  { path: '/donate' },
  { path: '/donate/give', hidden: true },
  { path: '/donate/give?currency=GBP&amount=&own=ten&to=', status: 400, hidden: true },
  { path: '/donate/give?currency=EUR&amount=own&own=12.50&to=lady-cox-rehabilitation-centre', hidden: true },
  { path: '/donate/give?gift=there-is-no-such-gift', status: 404, hidden: true },
  { path: '/donate/thanks?gift=there-is-no-such-gift', status: 404, hidden: true },
  { path: '/donate/bank?gift=there-is-no-such-gift', status: 404, hidden: true },
  { path: '/updates' },
  { path: '/updates/check', hidden: true },
  { path: '/updates/confirm/there-is-no-such-link', status: 404, hidden: true },
  { path: '/me' },
  { path: '/me/check', hidden: true },
  { path: '/me/there-is-no-such-link', status: 404, hidden: true },
  { path: '/unsubscribe/there-is-no-such-link', status: 404, hidden: true },
  { path: '/contact' },
  { path: '/privacy' },
  { path: '/accessibility' },
  { path: '/there-is-no-such-page', status: 404, hidden: true },
  { path: '/sandbox/components', script: true, hidden: true },
  { path: '/sandbox/mail' },
  // Leads to the mail that was sent last.
  { path: '/sandbox/mail/newest', hidden: true },
]

export const schemes = ['light', 'dark'] as const
export type Scheme = (typeof schemes)[number]

/** A narrow phone, a tablet held upright, a laptop. In CSS pixels. */
export const widths = [320, 768, 1440] as const
