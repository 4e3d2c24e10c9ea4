import { Button } from '#app/ui/button.tsx'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { Field } from '#app/ui/field.tsx'
import { HiddenFields } from '#app/ui/hidden-fields.tsx'
import { TrapField } from '#app/ui/trap-field.tsx'
import { LONGEST_MESSAGE, type DetailErrors, type TypedDetails } from '../gift-form.ts'

type DetailsFormProps = {
  charity: string
  /** The sum as it is paid: "£25.00". */
  sum: string
  /** What travels with it: the choice, and the form's token. */
  carried: Record<string, string>
  typed: TypedDetails
  errors: DetailErrors
  /** The words that the box for updates agrees to, and their mark. */
  agreement: { wording: string; mark: string }
}

/** The question who gives. Its button says what it does: how much, in which currency, how often. */
export function DetailsForm({ charity, sum, carried, typed, errors, agreement }: DetailsFormProps) {
  return (
    <form method="post" action="/donate/give" noValidate>
      <HiddenFields fields={{ ...carried, wording: agreement.mark }} />
      <Field
        label="Your name"
        name="name"
        hint="As it should stand on your receipt."
        autoComplete="name"
        width="medium"
        errors={errors.name}
        defaultValue={typed.name}
      />
      <Field
        label="Your email address"
        name="email"
        type="email"
        hint="The receipt goes there."
        autoComplete="email"
        spellCheck={false}
        width="medium"
        errors={errors.email}
        defaultValue={typed.email}
      />
      <Field
        as="textarea"
        label={`A message to ${charity}`}
        name="message"
        optional
        hint={`Up to ${LONGEST_MESSAGE.toLocaleString('en-GB')} characters. It is read, and not published.`}
        rows={4}
        errors={errors.message}
        defaultValue={typed.message}
      />
      <Checkbox
        name="updates"
        label={agreement.wording}
        errors={errors.updates}
        defaultChecked={typed.updates}
      />
      <TrapField />
      <p className="mt-8 mb-4 max-w-measure font-sans text-ui">
        The button leads to a page of Stripe, the company that takes the payment for {charity}. Your card’s
        details are typed there and never reach this site.
      </p>
      {/* The first button is the one that the Enter key presses. */}
      <p>
        <Button name="go" value="give">
          Give {sum} once
        </Button>
      </p>
      <p className="mt-6 flex flex-wrap gap-4">
        <Button look="secondary" name="go" value="bank">
          Pay by bank transfer instead
        </Button>
        <Button look="secondary" name="go" value="change">
          Change the amount or purpose
        </Button>
      </p>
      <p className="mt-4 max-w-measure font-sans text-note text-soft">
        Stripe’s page needs script in your browser; a bank transfer does not. The{' '}
        <a href="/privacy#gifts">privacy page</a> says what is stored of a gift, and for how long.
      </p>
    </form>
  )
}
