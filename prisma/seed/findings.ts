import type { Claim, Finding } from '#app/report/report.ts'
import { reportPage } from './sources.ts'

/** A claim of HART's own, from its page about the report. */
function byHart(anchor: string, statement: string, more: Partial<Claim> = {}): Claim {
  return {
    anchor,
    statement,
    attribution: 'charity',
    attributedTo: 'HART',
    status: 'reported',
    informationDate: 'November 2020',
    sources: [reportPage],
    ...more,
  }
}

const prisoners: Finding = {
  slug: 'maltreatment-of-prisoners',
  kind: 'finding',
  title: 'Maltreatment of prisoners',
  summary:
    'HART says that, despite the ceasefire, reports of brutality against military and civilian prisoners continue to ' +
    'emerge, including torture and beheadings, with claims that the Red Cross cannot visit many detainees.',
  warning: 'This finding speaks of torture and killing.',
  figure: null,
  claims: [
    byHart(
      'brutality-against-prisoners',
      'HART says that, despite the ceasefire, reports of brutality against military and civilian prisoners continue ' +
        'to emerge, including torture and beheadings.',
    ),
    byHart(
      'red-cross-access',
      'HART also reports claims that the Red Cross is unable to visit many detainees.',
    ),
  ],
}

const law: Finding = {
  slug: 'violations-of-international-law',
  kind: 'finding',
  title: 'Violations of international law',
  summary:
    'HART says that Azerbaijan, supported by Turkey, reportedly targeted civilians, with weapons from tanks to cluster ' +
    'bombs, in breach of international humanitarian law and the Geneva conventions.',
  warning: null,
  figure: null,
  claims: [
    byHart(
      'civilians-targeted',
      'Azerbaijan, supported by Turkey, reportedly targeted civilians, HART says: with tanks, helicopters, drones, ' +
        'heavy artillery, multiple-launch rocket systems (Smerch among them) and cluster bombs.',
    ),
    byHart(
      'breach-of-law',
      'HART says that this was in breach of international humanitarian law and the Geneva conventions.',
    ),
  ],
}

const policies: Finding = {
  slug: 'genocidal-policies',
  kind: 'finding',
  title: 'Genocidal policies',
  summary:
    'According to Genocide Watch, cited by HART, Azerbaijan had reached “extermination” and “denial”, stages 9 and ' +
    '10 of the ten stages of the genocidal process.',
  warning: null,
  figure: null,
  claims: [
    byHart(
      'genocide-emergency-alert',
      'A Genocide Emergency Alert issued by Genocide Watch in October 2020 put Azerbaijan at stage 9, extermination, ' +
        'and stage 10, denial, of the ten stages of the genocidal process.',
      {
        attribution: 'ngo',
        attributedTo: 'Genocide Watch, cited by HART',
        status: 'assessed',
        informationDate: 'October 2020',
      },
    ),
  ],
}

const terror: Finding = {
  slug: 'war-of-terror',
  kind: 'finding',
  title: 'War of Terror',
  summary:
    'HART sees in the tactics of terror a deep hatred of Armenians, reaching back over 100 years to the Armenian ' +
    'Genocide and reinforced by an unprecedented rise in state-backed anti-Armenian rhetoric.',
  warning: null,
  figure: null,
  claims: [
    byHart(
      'hatred-behind-terror',
      'HART sees in the adoption of tactics of terror a deep hatred of Armenians that reaches back over 100 years, ' +
        'to the Armenian Genocide.',
      { status: 'assessed' },
    ),
    byHart(
      'state-backed-rhetoric',
      'HART says that this hatred is reinforced by an unprecedented rise in state-backed anti-Armenian rhetoric.',
      { status: 'assessed' },
    ),
  ],
}

const impunity: Finding = {
  slug: 'international-impunity',
  kind: 'finding',
  title: 'International impunity',
  summary:
    'HART says that neither Azerbaijan nor Turkey has been held to account, despite widespread evidence of ' +
    'atrocities and war crimes.',
  warning: null,
  figure: null,
  claims: [
    byHart(
      'nobody-held-to-account',
      'HART says that neither Azerbaijan nor Turkey has been held to account for what it did, despite widespread ' +
        'evidence of atrocities and war crimes.',
      { informationDate: 'December 2020' },
    ),
  ],
}

const aid: Finding = {
  slug: 'humanitarian-aid',
  kind: 'finding',
  title: 'Humanitarian aid',
  summary:
    'HART says that an estimated 100,000 refugees urgently need help with accommodation, food and medical care.',
  warning: null,
  figure: {
    number: '100,000',
    caption:
      'refugees urgently need help with accommodation, food and medical care: the estimate that HART gave in December 2020',
  },
  claims: [
    byHart(
      'refugees-in-need',
      'HART says that an estimated 100,000 refugees urgently need help with accommodation, food and medical care.',
      { informationDate: 'December 2020' },
    ),
  ],
}

const conclusion: Finding = {
  slug: 'self-determination',
  kind: 'conclusion',
  title: 'The right to independence',
  summary:
    'HART holds that the Armenians of Nagorno Karabakh have sufficient evidence to claim the same right to ' +
    'independence as the peoples of Timor Leste, Eritrea and Kosovo, who were awarded self-determination after ' +
    'suffering comparable attempted ethnic cleansing.',
  warning: null,
  figure: null,
  claims: [
    byHart(
      'claim-to-independence',
      'HART holds that the Armenians of Nagorno Karabakh have sufficient evidence to claim the same right to ' +
        'independence as the peoples of Timor Leste, Eritrea and Kosovo, who were awarded self-determination after ' +
        'suffering comparable attempted ethnic cleansing.',
      { status: 'assessed', informationDate: 'December 2020' },
    ),
  ],
}

/** The report's six findings and its conclusion, in its order. */
export const findings: Finding[] = [prisoners, law, policies, terror, impunity, aid, conclusion]
