import { assertNever } from '#app/shared/invariant.ts'
import { contrast, isHex, type Hex } from './contrast.ts'
import { isWebAddress } from './source.ts'

/** The charity that runs this installation, as staff set it and as pages read it. */
export type Charity = {
  /** The name people use, a word or two. */
  name: string
  /** The registered name in full. */
  legalName: string
  strapline: string
  /** Each line as it must stand in the footer. */
  legalLines: string[]
  /** A sentence or two. */
  about: string
  website: string
  /** null until staff enter it. Pages then say that it is not known. */
  contactEmail: string | null
  contactPhone: string | null
  /** One line per line; empty until staff enter it. */
  postalAddress: string[]
  /** For gifts by bank transfer, one line per line: "Sort code: …"; empty until staff enter it. */
  bankDetails: string[]
  /** What the charity asks of a reader, in a sentence. */
  appealLine: string
  accentLight: Hex
  accentDark: Hex
}

export type Scheme = 'light' | 'dark'

/** Every background on which the accent stands, paper and sheet; app/styles.css sets the same (a test compares them). */
export const backgrounds: Record<Scheme, readonly Hex[]> = {
  light: ['#fbf8f3', '#f3eee5'],
  dark: ['#181411', '#221d19'],
}

/** WCAG 2.2, success criterion 1.4.3: text of ordinary size. */
export const leastContrast = 4.5

export type CharityProblem =
  | { problem: 'empty'; field: 'name' | 'legalName' | 'strapline' | 'about' | 'appealLine' }
  | { problem: 'website'; website: string }
  | { problem: 'email'; email: string }
  | { problem: 'not-a-colour'; scheme: Scheme; colour: string }
  | { problem: 'too-faint'; scheme: Scheme; colour: Hex; background: Hex; contrast: number }

/** What is wrong with this charity's data; an empty list when nothing is. */
export function checkCharity(charity: Charity): CharityProblem[] {
  const problems: CharityProblem[] = []
  for (const field of ['name', 'legalName', 'strapline', 'about', 'appealLine'] as const) {
    if (!charity[field].trim()) problems.push({ problem: 'empty', field })
  }
  if (!isWebAddress(charity.website)) problems.push({ problem: 'website', website: charity.website })
  if (charity.contactEmail !== null && !/^[^\s@]+@[^\s@]+$/.test(charity.contactEmail)) {
    problems.push({ problem: 'email', email: charity.contactEmail })
  }
  return [
    ...problems,
    ...checkAccent('light', charity.accentLight),
    ...checkAccent('dark', charity.accentDark),
  ]
}

function checkAccent(scheme: Scheme, colour: string): CharityProblem[] {
  if (!isHex(colour)) return [{ problem: 'not-a-colour', scheme, colour }]
  return backgrounds[scheme]
    .map((background) => ({ background, contrast: contrast(colour, background) }))
    .filter((pair) => pair.contrast < leastContrast)
    .map((pair) => ({ problem: 'too-faint', scheme, colour, ...pair }))
}

/** The problem in words for the person who set the content. */
export function sayCharityProblem(found: CharityProblem): string {
  switch (found.problem) {
    case 'empty':
      return `Enter the charity's ${fieldWords[found.field]}.`
    case 'website':
      return `Enter the charity's website as a whole address, like https://www.example.org/; "${found.website}" is not one.`
    case 'email':
      return `Enter the charity's email address, like office@example.org; "${found.email}" is not one.`
    case 'not-a-colour':
      return `Enter the accent colour of the ${found.scheme} scheme as # and six hexadecimal digits; "${found.colour}" is not that.`
    case 'too-faint':
      return (
        `The accent colour ${found.colour} is hard to read on ${found.background} in the ${found.scheme} scheme: ` +
        `the contrast is ${roundedDown(found.contrast)}:1 and must be at least ${leastContrast}:1. ` +
        `Choose a ${found.scheme === 'light' ? 'darker' : 'lighter'} colour.`
      )
    default:
      return assertNever(found)
  }
}

const fieldWords = {
  name: 'name',
  legalName: 'registered name',
  strapline: 'line under the name',
  about: 'sentence about itself',
  appealLine: 'sentence that asks for help',
}

// 4.497 must not be printed as the 4.5 that it misses.
function roundedDown(ratio: number): string {
  return (Math.floor(ratio * 10) / 10).toFixed(1)
}

/** How a page names the charity the first time: short name with the registered one, unless they are the same. */
export function sayWhole(charity: Pick<Charity, 'name' | 'legalName'>): string {
  return charity.name === charity.legalName ? charity.name : `${charity.legalName} (${charity.name})`
}

/** The style sheet that carries the charity's colours into both schemes. Colours must have been checked. */
export function themeCss(charity: Pick<Charity, 'accentLight' | 'accentDark'>): string {
  return (
    `:root{--charity-accent:${charity.accentLight}}` +
    `@media screen and (prefers-color-scheme:dark){:root{--charity-accent:${charity.accentDark}}}\n`
  )
}
