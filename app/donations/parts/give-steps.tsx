import { ErrorSummary, type FormError } from '#app/ui/error-summary.tsx'
import { GiftChooser, type GiftChoices } from '#app/ui/gift-chooser.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageTitle } from '#app/ui/page-title.tsx'
import type { BackAgain } from '../gift-pages.server.ts'
import type { Step } from '../steps.ts'
import { DetailsForm } from './details-form.tsx'

type GiveStepsProps = {
  step: Step
  /** Changes with each attempt to send the form. */
  attempt: unknown
  charity: string
  choices: GiftChoices
  agreement: { wording: string; mark: string }
}

/** The two questions of giving, one after the other. */
export function GiveSteps({ step, attempt, charity, choices, agreement }: GiveStepsProps) {
  switch (step.step) {
    case 'choose':
      return (
        <>
          <PageTitle kicker="Step 1 of 2" lede="Next you say who gives. Nothing is paid on this page.">
            Your gift
          </PageTitle>
          <ErrorSummary attempt={attempt} errors={listed(step.errors)} />
          <GiftChooser
            choices={choices}
            chosen={step.chosen}
            errors={step.errors}
            method={step.carried ? 'post' : 'get'}
            carried={step.carried ?? {}}
          />
        </>
      )
    case 'details':
      return (
        <>
          <PageTitle kicker="Step 2 of 2" lede={`For: ${lowerFirst(step.purpose)}.`}>
            Your gift: {step.sum}, once
          </PageTitle>
          {step.back ? <WelcomeBack back={step.back} /> : null}
          <ErrorSummary attempt={attempt} errors={listed(step.errors)} />
          <DetailsForm
            charity={charity}
            sum={step.sum}
            carried={step.carried}
            typed={step.typed}
            errors={step.errors}
            agreement={agreement}
          />
        </>
      )
  }
}

/** To somebody who was here before: what is known of their gift, and what to do. */
function WelcomeBack({ back }: { back: BackAgain }) {
  const { kind, title, text } = backWords[back]
  return (
    <Notice kind={kind} title={title}>
      {text}
    </Notice>
  )
}

const backWords: Record<BackAgain, { kind: 'info' | 'warning'; title: string; text: string }> = {
  left: {
    kind: 'info',
    title: 'You have not paid yet',
    text: 'You left the payment page, and no payment has reached us. What you entered is here: change it, or press the button to go on.',
  },
  declined: {
    kind: 'warning',
    title: 'The payment was declined',
    text: 'Nothing was taken. The bank does not tell us why; it may tell you. Press the button to try again, with another card or in another way.',
  },
  closed: {
    kind: 'warning',
    title: 'The payment page was closed',
    text: 'Several payments on it were declined, and then a page closes: that is so for everybody. Nothing was taken. The bank does not tell us why it declined; it may tell you. What you entered is here: press the button to open a new page and use another card, or pay by bank transfer.',
  },
  ended: {
    kind: 'info',
    title: 'The payment page has closed',
    text: 'It stays open for some hours only. No payment has reached us. What you entered is here: press the button to open a new one.',
  },
  failed: {
    kind: 'warning',
    title: 'The payment did not arrive',
    text: 'The bank did not carry it out. Press the button to try again, or pay in another way.',
  },
  promised: {
    kind: 'info',
    title: 'You chose to pay by bank transfer',
    text: 'If you have sent it, there is nothing left to do. If you would rather pay here, press the button, and do not send it from your bank as well.',
  },
}

function listed(errors: Partial<Record<string, string[]>>): FormError[] {
  return Object.entries(errors).flatMap(([field, messages = []]) =>
    messages.map((message) => (field === 'form' ? { message } : { message, fieldId: field })),
  )
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
