import type { Charity } from '#app/charity/charity.ts'

/** The first charity that this software serves. What is not known is left for its staff to enter. */
export const charity: Charity = {
  name: 'HART',
  legalName: 'Humanitarian Aid Relief Trust',
  strapline: 'Aid with advocacy, through local partners',
  legalLines: ['Registered charity in England and Wales 1107341', 'Company number 5227785'],
  about:
    'HART, the Humanitarian Aid Relief Trust, was founded by Baroness Cox in 2004. ' +
    'It works through local partners, and calls what it does “aid with advocacy”.',
  website: 'https://www.hart-uk.org/',
  contactEmail: null,
  contactPhone: null,
  postalAddress: [],
  bankDetails: [],
  appealLine:
    'HART asks readers to help its local partners realise their vision of hope for their communities.',
  accentLight: '#7a2240',
  accentDark: '#f0a8bd',
}
