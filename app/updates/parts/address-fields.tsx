import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field } from '#app/ui/field.tsx'
import { TrapField } from '#app/ui/trap-field.tsx'
import type { AddressErrors } from '../subscribe-form.ts'

/** What an action answers when it did not take a form: what was typed, and what is wrong. */
export type AddressAnswer = { typed: string; errors: AddressErrors }

/** What is wrong with a form that asks for an address. It stands before the form, under the page's title. */
export function AddressProblems({ answer }: { answer: AddressAnswer | undefined }) {
  const { address = [], form = [] } = answer?.errors ?? {}
  return (
    <ErrorSummary
      attempt={answer}
      errors={[
        ...address.map((message) => ({ message, fieldId: 'address' })),
        ...form.map((message) => ({ message })),
      ]}
    />
  )
}

/** The question for an address, and beside it a field that people neither see nor need. */
export function AddressFields({ answer }: { answer: AddressAnswer | undefined }) {
  return (
    <>
      <Field
        label="Your email address"
        name="address"
        type="email"
        autoComplete="email"
        spellCheck={false}
        width="medium"
        errors={answer?.errors.address ?? []}
        defaultValue={answer?.typed}
      />
      <TrapField />
    </>
  )
}
