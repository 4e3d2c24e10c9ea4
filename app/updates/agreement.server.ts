import type { Charity } from '#app/charity/charity.ts'
import { wordingMark } from '#app/supporters/consents.server.ts'
import type { Agreement } from './parts/yes.tsx'
import { consentWording } from './subscribe-form.ts'

/** The words that are agreed to today. */
export function agreementWith(charity: Pick<Charity, 'name'>): Agreement {
  const wording = consentWording(charity.name)
  return { wording, mark: wordingMark(wording) }
}
