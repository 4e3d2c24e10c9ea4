import { z } from 'zod'
import { LONGEST_ADDRESS, readAddress } from '#app/shared/address.ts'
import { trapName } from '#app/ui/trap-field.tsx'

/** The button that says yes. Its label is part of the words that are agreed to. */
export const YES = 'Get updates'

/**
 * What somebody agrees to by pressing the button, shown right above it and kept exactly as shown. Nothing is ticked for
 * anyone: the form asks for one thing, and pressing its button is the yes.
 */
export function consentWording(charityName: string): string {
  return (
    `By pressing “${YES}” you agree that ${charityName} sends you updates by email about its work and its campaigns. ` +
    'You can stop them at any time, with a link in every update.'
  )
}

/**
 * What somebody agrees to who ticks a box on a form that is about something else, such as a gift. It stands beside the box
 * and is kept exactly as shown; the box is never ticked for anyone.
 */
export function tickWording(charityName: string): string {
  return (
    `Yes, ${charityName} may send me updates by email about its work and its campaigns. ` +
    'I can stop them at any time, with a link in every update.'
  )
}

/** What is wrong, by the field to put right; `form` is about the form as a whole. */
export type AddressErrors = { address?: string[] | undefined; form?: string[] | undefined }

export type AddressForm =
  | { outcome: 'read'; typed: string; address: string; wordingMark: string }
  | { outcome: 'refused'; typed: string; errors: AddressErrors }

const words = {
  empty: 'Enter your email address.',
  'too-long': `The email address must be ${LONGEST_ADDRESS} characters or fewer.`,
  malformed: 'Enter an email address in the correct format, like name@example.com.',
}

const schema = z.object({
  address: z.string().transform((typed, context) => {
    const read = readAddress(typed)
    if (read.outcome === 'read') return read.address
    context.addIssue({ code: 'custom', message: words[read.outcome] })
    return z.NEVER
  }),
  form: z.literal(
    '',
    'A field that only programs see was filled in. It is empty now: press the button again.',
  ),
})

/** Reads a form that asks for an address. What was typed comes back with what is wrong about it. */
export function readAddressForm(form: FormData): AddressForm {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const typed = text('address')
  const parsed = schema.safeParse({ address: typed, form: text(trapName) })
  return parsed.success
    ? { outcome: 'read', typed, address: parsed.data.address, wordingMark: text('wording') }
    : { outcome: 'refused', typed, errors: z.flattenError(parsed.error).fieldErrors }
}

/** The words beside the button are not the ones that were shown: nobody agrees to what they have not read. */
export const wordsHaveChanged =
  'The words beside the button have changed since you opened this page. Read them, then press the button again.'

/** What somebody is told whose network has asked too often. */
export function sayTooOften(retryAfterSeconds: number): string {
  const minutes = Math.ceil(retryAfterSeconds / 60)
  return (
    'Too many requests came from your network. ' +
    `Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then press the button again.`
  )
}
