import type { Partner } from '#app/partners/partner.ts'

/** Made-up partners, so that a sandbox shows a list. The countries are those of the charity's past work; nothing else is. */
function sample(country: string): Partner {
  return {
    slug: `sample-${country.toLowerCase().replaceAll(' ', '-')}`,
    name: `Sample partner in ${country}`,
    country,
    place: country,
    summary: 'A made-up record for trying this site out. It describes no real organisation and no real work.',
    isSample: true,
    facts: [],
  }
}

/** An account that no bank has, marked in each line: what a sandbox shows must not be sent money. */
export const sampleBankDetails = [
  'Sample, no real account: Sample Charity',
  'Sort code (sample): 00-00-00',
  'Account number (sample): 00000000',
]

export const samplePartners: Partner[] = [sample('Nigeria'), sample('South Sudan')]
