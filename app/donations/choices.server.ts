import { listPartners } from '#app/partners/partners.server.ts'
import type { Reader } from '#app/platform/db.server.ts'
import type { GiftChoices } from '#app/ui/gift-chooser.tsx'
import { giftCurrencies, type GiftCurrency } from './gift.ts'
import { MOST_NEEDED, OWN_AMOUNT, presets, type TypedChoice } from './gift-form.ts'

const currencyWords: Record<GiftCurrency, { sign: string; name: string }> = {
  GBP: { sign: '£', name: 'pounds' },
  EUR: { sign: '€', name: 'euros' },
  USD: { sign: '$', name: 'US dollars' },
}

/** What a donor can choose from: currencies, amounts, and whose work a gift can be for. */
export async function giftChoices(reader: Reader): Promise<GiftChoices> {
  const partners = await listPartners(reader)
  return {
    currencies: giftCurrencies.map((code) => ({ code, ...currencyWords[code] })),
    presets,
    own: OWN_AMOUNT,
    purposes: [
      { value: MOST_NEEDED, label: 'Where it is most needed', hint: null, isSample: false },
      ...partners.map(({ slug, name, country, isSample }) => ({
        value: slug,
        label: `The work of ${name}`,
        hint: country,
        isSample,
      })),
    ],
  }
}

/** What stands in the form at first: no amount, for that is the donor's to say. `to` is a partner's slug. */
export function untouched(to: string = MOST_NEEDED): TypedChoice {
  return { currency: giftCurrencies[0], amount: '', own: '', to }
}

/** The slugs of the partners among what can be chosen. */
export function partnersOf({ purposes }: GiftChoices): string[] {
  return purposes.map(({ value }) => value).filter((value) => value !== MOST_NEEDED)
}
