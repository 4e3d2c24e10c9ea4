import { Form } from '@remix-run/react'
import { Button } from '#app/ui/button.tsx'
import { CheckboxGroup } from '#app/ui/checkbox-group.tsx'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { Field } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { RadioGroup } from '#app/ui/radio-group.tsx'
import { Section } from '#app/ui/section.tsx'

type Entered = {
  name: string
  country: string
  message: string
  answerBy: string
  topics: string[]
  agree: boolean
}

export type ExampleAnswer =
  | { outcome: 'sent' }
  | { outcome: 'refused'; entered: Entered; errors: Partial<Record<keyof Entered, string[]>> }

/** Reads the example form as every form is read: what was entered comes back with what is wrong about it. */
export function readExampleForm(form: FormData): ExampleAnswer {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const entered: Entered = {
    name: text('name'),
    country: text('country'),
    message: text('message'),
    answerBy: text('answerBy'),
    topics: form.getAll('topics').filter((topic) => typeof topic === 'string'),
    agree: text('agree') === 'yes',
  }
  const errors: Partial<Record<keyof Entered, string[]>> = {}
  if (!entered.name) errors.name = ['Enter your name.']
  if (!entered.country) errors.country = ['Choose a country.']
  if (!entered.message) errors.message = ['Enter your message.']
  if (!entered.answerBy) errors.answerBy = ['Choose how we may answer you.']
  if (entered.topics.length === 0) errors.topics = ['Choose at least one subject.']
  if (!entered.agree) errors.agree = ['Tick the box if you agree.']
  return Object.keys(errors).length === 0 ? { outcome: 'sent' } : { outcome: 'refused', entered, errors }
}

/** A form with one of every control. Nothing that is entered is kept. */
export function ExampleForm({ answer }: { answer: ExampleAnswer | undefined }) {
  const { entered, errors } = answer?.outcome === 'refused' ? answer : { entered: undefined, errors: {} }
  return (
    <>
      <ErrorSummary
        attempt={answer}
        errors={Object.entries(errors).map(([fieldId, messages]) => ({
          fieldId,
          message: messages.join(' '),
        }))}
      />
      {answer?.outcome === 'sent' ? (
        <Notice kind="success" isAnswer>
          Your answers were read, and not kept.
        </Notice>
      ) : null}
      <Section title="A form" note="Try it: nothing is kept.">
        <Form method="post" noValidate>
          <Field
            label="Your name"
            name="name"
            autoComplete="name"
            width="medium"
            errors={errors.name}
            defaultValue={entered?.name}
          />
          <Field
            label="Postcode"
            name="postcode"
            optional
            hint="Like SW1A 1AA."
            autoComplete="postal-code"
            width="short"
          />
          <Field
            as="select"
            label="Country"
            name="country"
            autoComplete="country"
            width="medium"
            errors={errors.country}
            defaultValue={entered?.country}
            options={[
              { value: '', label: 'Choose a country' },
              { value: 'GB', label: 'United Kingdom' },
              { value: 'IE', label: 'Ireland' },
            ]}
          />
          <Field
            as="textarea"
            label="Your message"
            name="message"
            hint="A few sentences are enough."
            errors={errors.message}
            defaultValue={entered?.message}
          />
          <RadioGroup
            legend="How may we answer you?"
            name="answerBy"
            errors={errors.answerBy}
            defaultValue={entered?.answerBy}
            options={[
              { value: 'email', label: 'By email' },
              { value: 'post', label: 'By post', hint: 'This takes longer.' },
            ]}
          />
          <CheckboxGroup
            legend="What is it about?"
            name="topics"
            hint="Choose all that apply."
            errors={errors.topics}
            defaultValues={entered?.topics}
            options={[
              { value: 'report', label: 'The report' },
              { value: 'partners', label: 'The partners' },
            ]}
          />
          <Checkbox
            name="agree"
            label="I agree that this is only an example."
            errors={errors.agree}
            defaultChecked={entered?.agree}
          />
          <p className="flex flex-wrap items-center gap-4">
            <Button>Send</Button>
            <Button look="secondary" type="reset">
              Start again
            </Button>
            <Button look="link" href="/">
              Leave without sending
            </Button>
          </p>
        </Form>
      </Section>
    </>
  )
}
