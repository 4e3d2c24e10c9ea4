import type { Ask } from '#app/report/report.ts'
import { inquiryLetter, lachinLetter } from './sources.ts'

/** What HART has asked representatives for: letter campaigns start from these. */
export const asks: Ask[] = [
  {
    anchor: 'ask-inquiry',
    when: 'January 2023',
    askedOn: '2023-01-12',
    addressee: 'The Foreign Affairs Committee of the House of Commons',
    statement:
      'HART asked the committee to open an inquiry, to report to the Foreign Office and to meet the diaspora, and ' +
      'asked its supporters to repeat this to their MPs.',
    sources: [inquiryLetter],
  },
  {
    anchor: 'ask-lachin',
    when: 'December 2022',
    askedOn: '2022-12-14',
    addressee: 'Members of Parliament',
    statement: 'HART asked readers to write to their MP about the blockade of the Lachin corridor.',
    sources: [lachinLetter],
  },
]
