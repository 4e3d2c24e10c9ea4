import type { MailCharity } from '../email.ts'

/** A charity that nobody runs, to look at mails with. */
export const previewCharity: MailCharity = {
  name: 'Example Charity',
  legalName: 'The Example Charity',
  legalLines: ['Registered charity in England and Wales 0000000'],
  postalAddress: ['1 Example Street', 'Exampletown', 'EX0 0EX'],
  siteUrl: 'https://charity.example',
  contactUrl: 'https://charity.example/contact',
  accentLight: '#2f4a5c',
  accentDark: '#a3c6da',
  testNotice: 'This is a preview. It was sent to nobody.',
}
