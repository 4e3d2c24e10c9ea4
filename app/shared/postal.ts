/** What somebody typed as a postal code: as it is looked up (capital letters and digits alone), and as it is printed. */
export type ReadPostal =
  { outcome: 'read'; postal: string; printed: string } | { outcome: 'empty' } | { outcome: 'malformed' }

/** How a country writes its codes, once signs are taken out. */
type Shape = { pattern: RegExp; print: (postal: string) => string }

const lastApart = (digits: number) => (postal: string) =>
  `${postal.slice(0, -digits)} ${postal.slice(-digits)}`

/** The last three signs of a British postcode are its inward code (BS 7666, Royal Mail's Programmers' Guide to the PAF). */
const british: Shape = { pattern: /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/, print: lastApart(3) }
const fiveDigits: Shape = { pattern: /^\d{5}$/, print: (postal) => postal }

/** The countries whose codes we know. ZZ is no country's: that of the demo parliament. */
const shapes: Partial<Record<string, Shape>> = {
  GB: british,
  ZZ: british,
  CA: { pattern: /^[A-Z]\d[A-Z]\d[A-Z]\d$/, print: lastApart(3) },
  DE: fiveDigits,
  FR: fiveDigits,
  // With the four digits that lead to a side of a street, which nobody looks up.
  US: {
    pattern: /^\d{5}(\d{4})?$/,
    print: (postal) => (postal.length > 5 ? `${postal.slice(0, 5)}-${postal.slice(5)}` : postal),
  },
}

/** Of another country: whatever could be a code. */
const anywhere: Shape = { pattern: /^[A-Z\d]{3,10}$/, print: (postal) => postal }

/** Reads a postal code of a country, however it was spaced or parted. Nothing is guessed: O stays O. */
export function readPostal(country: string, typed: string): ReadPostal {
  const postal = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
  if (typed.trim() === '') return { outcome: 'empty' }
  const { pattern, print } = shapes[country] ?? anywhere
  return pattern.test(postal) ? { outcome: 'read', postal, printed: print(postal) } : { outcome: 'malformed' }
}
