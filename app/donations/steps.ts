import { formatMoney } from '#app/shared/money.ts'
import type { GiftChoices } from '#app/ui/gift-chooser.tsx'
import {
  noDetails,
  typedChoice,
  type Choice,
  type ChoiceErrors,
  type DetailErrors,
  type TypedChoice,
  type TypedDetails,
} from './gift-form.ts'
import type { BackAgain } from './gift-pages.server.ts'

/** What the page of giving shows: how much and what for, or who gives. */
export type Step =
  | {
      step: 'choose'
      chosen: TypedChoice
      errors: ChoiceErrors
      /** What was typed about the person, and the form's token; null when nothing was. */
      carried: Record<string, string> | null
    }
  | {
      step: 'details'
      /** "£25.00" */
      sum: string
      /** The words of what it is for, as they were chosen. */
      purpose: string
      carried: Record<string, string>
      typed: TypedDetails
      errors: DetailErrors
      /** Why the donor is here again; null for one who has not been. */
      back: BackAgain | null
    }

/** The names of the fields that say a choice. */
export const choiceFields = ['currency', 'amount', 'own', 'to'] as const

export function chooseStep(
  chosen: TypedChoice,
  errors: ChoiceErrors = {},
  carried: Record<string, string> | null = null,
): Step {
  return { step: 'choose', chosen, errors, carried }
}

/** What is carried on while somebody changes how much or what for. `words`: the mark of what the box agreed to. */
export function carriedDetails(
  token: string,
  { updates, ...texts }: TypedDetails,
  words: string,
): Record<string, string> {
  return { gift: token, ...texts, ...(updates ? { updates: 'yes', wording: words } : {}) }
}

export function detailsStep(
  choices: GiftChoices,
  choice: Choice,
  token: string,
  now: { typed?: TypedDetails; errors?: DetailErrors; back?: BackAgain | null } = {},
): Step {
  const chosen = typedChoice(choice)
  return {
    step: 'details',
    sum: formatMoney(choice.amount, { everyDecimal: true }),
    purpose: choices.purposes.find(({ value }) => value === chosen.to)?.label ?? '',
    carried: { ...chosen, gift: token },
    typed: now.typed ?? noDetails,
    errors: now.errors ?? {},
    back: now.back ?? null,
  }
}
