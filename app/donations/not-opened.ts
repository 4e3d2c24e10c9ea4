import type { Opened } from './checkout.server.ts'
import type { DetailErrors } from './gift-form.ts'

/** Longer than any limit lasts. It is always this long: what is said must not tell which limit it was. */
const WAIT_MINUTES = 15

/** A form without its token: cut short on the way, or written by hand. */
export const notComplete =
  'The form did not arrive whole. Check what you entered, then press the button again.'

/** What a donor is told whose form led to no payment page, and the status of that answer. */
export function sayNotOpened(result: Exclude<Opened, { outcome: 'page' | 'given' }>): {
  status: number
  headers: Record<string, string>
  errors: DetailErrors
} {
  switch (result.outcome) {
    case 'limited':
      return {
        status: 429,
        headers: { 'retry-after': String(WAIT_MINUTES * 60) },
        errors: {
          form: [
            `Too many payments were begun. Nothing was taken. Wait ${WAIT_MINUTES} minutes and press the button again, or pay by bank transfer: that needs no waiting.`,
          ],
        },
      }
    case 'unanswered':
      return {
        status: 503,
        headers: {},
        errors: {
          form: [
            'The payment service does not answer. Nothing was taken. Your details are here: press the button again.',
          ],
        },
      }
    case 'refused':
      return result.field === 'customer_email'
        ? {
            status: 400,
            headers: {},
            errors: {
              email: ['The payment service does not know such an address. Check it, or enter another.'],
            },
          }
        : {
            status: 503,
            headers: {},
            errors: {
              form: [
                `The payment service did not take this request (${result.code}). Nothing was taken. Try another amount or currency, pay by bank transfer, or tell us.`,
              ],
            },
          }
  }
}
