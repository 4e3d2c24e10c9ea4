import type { Source } from '#app/charity/source.ts'
import type { Partner, PartnerFact } from '#app/partners/partner.ts'
import {
  centreClosed,
  centreInDanger,
  centrePage,
  centreRebirth,
  centreReturn,
  emergencyAppeal,
} from './sources.ts'

function history(statement: string, ...sources: Source[]): PartnerFact {
  return { kind: 'history', statement, figure: null, informationDate: null, sources }
}

function service(statement: string, source = centrePage): PartnerFact {
  return { kind: 'service', statement, figure: null, informationDate: null, sources: [source] }
}

/** Sessions given in 2018. */
function sessions(figure: string, statement: string): PartnerFact {
  return { kind: 'figure', statement, figure, informationDate: '2018', sources: [centreInDanger, centrePage] }
}

function support(statement: string, informationDate: string | null): PartnerFact {
  return { kind: 'support', statement, figure: null, informationDate, sources: [emergencyAppeal] }
}

export const rehabilitationCentre: Partner = {
  slug: 'lady-cox-rehabilitation-centre',
  name: 'Lady Cox Rehabilitation Centre',
  country: 'Armenia',
  place: 'North of Yerevan, Armenia; founded in Stepanakert, Nagorno Karabakh',
  summary:
    'A centre for rehabilitation: physiotherapy, speech and occupational therapy, hydrotherapy, and more. Founded in ' +
    'Stepanakert, it has begun again in Armenia.',
  isSample: false,
  facts: [
    history('Founded in Stepanakert in 1998. Vardan Tadevosyan is its founder and director.', centreInDanger),
    history('Renamed the Lady Cox Rehabilitation Centre in 2005.', centreInDanger),
    history('Evacuated in October 2020.', centreInDanger),
    history('Open again in Stepanakert by January 2021, with almost all of its staff.', centreReturn),
    history(
      'Forced to close by a later offensive of Azerbaijan, HART reports; its patients and staff fled to Armenia.',
      centreClosed,
    ),
    history(
      'Re-established in Armenia, north of Yerevan, and inaugurated on 30 October 2024.',
      centreRebirth,
    ),
    service('Physiotherapy'),
    service('Speech therapy and occupational therapy'),
    service('Hydrotherapy'),
    service('Art and sport'),
    service('An inclusive nursery'),
    service('A centre for autism and cerebral palsy', centreInDanger),
    sessions('12,889', 'physical therapy sessions'),
    sessions('4,284', 'sessions with a psychologist'),
    sessions('3,166', 'speech therapy sessions'),
    sessions('2,302', 'hydrotherapy sessions'),
    support('HART reports that its 2020 emergency appeal raised more than £71,000.', '2020'),
    support('HART commits a third of the centre’s running costs.', null),
  ],
}

export const partners: Partner[] = [rehabilitationCentre]
