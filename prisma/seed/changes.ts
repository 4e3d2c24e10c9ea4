import type { Change } from '#app/report/report.ts'
import {
  assemblyDocument,
  centreClosed,
  centreInDanger,
  centreRebirth,
  centreReturn,
  continuingImpunity,
  displacement,
  embassyAnswer,
} from './sources.ts'

/** What has changed since the visit: what letters and appeals must speak to. */
export const changes: Change[] = [
  {
    anchor: 'centre-re-established',
    kind: 'event',
    when: 'October 2020 to 30 October 2024',
    happenedOn: '2024-10-30',
    title: 'The rehabilitation centre begins again in Armenia',
    statement:
      'The Lady Cox Rehabilitation Centre was evacuated in October 2020 and was open again in Stepanakert by January ' +
      '2021. A later offensive of Azerbaijan forced it to close, and its patients and staff fled to Armenia. There, ' +
      'north of Yerevan, it was re-established, and inaugurated on 30 October 2024, HART reports.',
    attributedTo: 'HART',
    sources: [centreRebirth, centreClosed, centreReturn, centreInDanger],
  },
  {
    anchor: 'displacement-2023',
    kind: 'event',
    when: '24 to 30 September 2023',
    happenedOn: '2023-09-30',
    title: 'More than 100,000 people displaced',
    statement:
      'More than 100,000 ethnic Armenians were displaced from Nagorno-Karabakh to Armenia between 24 and 30 ' +
      'September 2023, according to the office of the Human Rights Defender of Armenia.',
    attributedTo: 'Human Rights Defender of Armenia',
    sources: [displacement],
  },
  {
    anchor: 'cross-check-2021',
    kind: 'crosscheck',
    when: '13 September 2021',
    happenedOn: '2021-09-13',
    title: 'What another body counted',
    statement:
      'A document of the Parliamentary Assembly of the Council of Europe (Doc. 15363) gives over 3,900 Armenian and ' +
      '2,900 Azerbaijani military killed or missing, and over 91,000 Armenians and 84,000 Azerbaijanis initially ' +
      'displaced. It records allegations against both sides.',
    attributedTo: 'Parliamentary Assembly of the Council of Europe',
    sources: [assemblyDocument],
  },
  {
    anchor: 'continuing-impunity-2021',
    kind: 'followup',
    when: '24 April 2021',
    happenedOn: '2021-04-24',
    title: '“Continuing Impunity”',
    statement: 'HART followed this report with another, “Continuing Impunity”, on 24 April 2021.',
    attributedTo: 'HART',
    sources: [continuingImpunity],
  },
  {
    anchor: 'embassy-and-answer',
    kind: 'response',
    when: '19 November 2020',
    happenedOn: '2020-11-19',
    title: 'The embassy of Azerbaijan, and HART’s answer',
    statement:
      'The embassy of Azerbaijan criticised the visit. HART published the answer on 19 November 2020: four members of the ' +
      'House of Lords signed it, Baroness Cox among them.',
    attributedTo: 'HART',
    sources: [embassyAnswer],
  },
]
