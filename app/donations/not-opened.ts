import type { Opened } from './checkout.server.ts'
import type { DetailErrors } from './gift-form.ts'

/** Longer than any limit lasts. It is always this long: what is said must not tell which limit it was. */
const WAIT_MINUTES = 15

/** A form without its token: cut short on the way, or written by hand. */
export const notComplete =
  'The form did not arrive whole. Check what you entered, then press the button again.'

/** What a donor is told whose form led to no payment page, or to no promise, and the status of that answer. */
export function sayNotOpened(
  result: Exclude<Opened, { outcome: 'page' | 'given' }>,
  byBank: boolean,
): { status: number; headers: Record<string, string>; errors: DetailErrors } {
  const said = (status: number, ...form: string[]) => ({ status, headers: {}, errors: { form } })
  switch (result.outcome) {
    case 'limited': {
      const wait = `Nothing was taken. Wait ${WAIT_MINUTES} minutes and press the button again`
      const words = byBank
        ? `Too many forms were sent from your network. ${wait}.`
        : `Too many payments were begun. ${wait}, or pay by bank transfer: that needs no waiting.`
      return { ...said(429, words), headers: { 'retry-after': String(WAIT_MINUTES * 60) } }
    }
    case 'unanswered':
      return said(
        503,
        byBank
          ? 'You have been to the payment page, and the payment service does not answer whether it is closed. Nothing was taken. Your details are here: press the button again.'
          : 'The payment service does not answer. Nothing was taken. Your details are here: press the button again.',
      )
    case 'refused': {
      if (result.field === 'customer_email') {
        const email = ['The payment service does not know such an address. Check it, or enter another.']
        return { status: 400, headers: {}, errors: { email } }
      }
      return said(
        503,
        `The payment service did not take this request (${result.code}). Nothing was taken. ` +
          'Try another amount or currency, pay by bank transfer, or tell us.',
      )
    }
  }
}
