import type { Charity } from '#app/charity/charity.ts'
import { wordingMark } from '#app/supporters/consents.server.ts'
import type { Agreement } from './parts/yes.tsx'
import { consentWording, tickWording } from './subscribe-form.ts'

/** The words that are agreed to today, by a button that asks for nothing else. */
export function agreementWith(charity: Pick<Charity, 'name'>): Agreement {
  return marked(consentWording(charity.name))
}

/** The words that are agreed to today, by a box on a form that is about something else. */
export function agreementByTick(charity: Pick<Charity, 'name'>): Agreement {
  return marked(tickWording(charity.name))
}

function marked(wording: string): Agreement {
  return { wording, mark: wordingMark(wording) }
}
