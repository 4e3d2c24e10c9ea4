import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkCharity } from '#app/charity/charity.ts'
import { checkPartners } from '#app/partners/partner.ts'
import { checkReport } from '#app/report/report-rules.ts'
import { charity } from './charity.ts'
import { findings } from './findings.ts'
import { partners } from './partners.ts'
import { report } from './report.ts'
import { samplePartners } from './samples.ts'
import * as sources from './sources.ts'

describe('what the first installation begins with', () => {
  test('keeps every rule of its content', () => {
    expect([
      ...checkCharity(charity),
      ...checkReport(report),
      ...checkPartners([...partners, ...samplePartners]),
    ]).toEqual([])
  })

  test('says who acted, what is alleged and how strongly, and drops none of it', () => {
    const said = JSON.stringify(report.findings.map(({ claims }) => claims.map(({ statement }) => statement)))
    for (const word of [
      'Azerbaijan, supported by Turkey, reportedly targeted civilians',
      'tanks, helicopters, drones, heavy artillery, multiple-launch rocket systems (Smerch among them) and cluster bombs',
      'in breach of international humanitarian law and the Geneva conventions',
      'torture and beheadings',
      'military and civilian prisoners',
      'the Red Cross is unable to visit many detainees',
      'stage 9, extermination, and stage 10, denial',
      'Genocide Watch in October 2020',
      'over 100 years, to the Armenian Genocide',
      'unprecedented rise in state-backed anti-Armenian rhetoric',
      'neither Azerbaijan nor Turkey has been held to account',
      'widespread evidence of atrocities and war crimes',
      'an estimated 100,000 refugees urgently need help with accommodation, food and medical care',
      'Timor Leste, Eritrea and Kosovo',
      'comparable attempted ethnic cleansing',
    ]) {
      expect(said.replace(/" \+ "/g, '')).toContain(word)
    }
  })

  test('attributes every claim within its own sentence', () => {
    for (const { claims } of findings) {
      for (const { statement } of claims) expect(statement).toMatch(/HART|Genocide Watch/)
    }
  })

  test('says no less in a summary than its claim does, where strength hangs on a few words', () => {
    const conclusion = findings.find(({ kind }) => kind === 'conclusion')
    expect(conclusion?.summary).toContain(
      'who were awarded self-determination after suffering comparable attempted ethnic cleansing',
    )
  })

  test('warns before the finding that speaks of torture', () => {
    expect(findings.filter(({ warning }) => warning !== null).map(({ slug }) => slug)).toEqual([
      'maltreatment-of-prisoners',
    ])
  })

  test('leaves empty what is not known', () => {
    expect([charity.contactEmail, charity.contactPhone, charity.postalAddress]).toEqual([null, null, []])
  })

  test('uses every source that it names', () => {
    const text = ['report', 'findings', 'changes', 'asks', 'partners']
      .map((name) => readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8'))
      .join('')
    for (const name of Object.keys(sources)) expect(text, name).toMatch(new RegExp(`\\b${name}\\b`))
  })
})

test('samples say what they are, and claim nothing', () => {
  for (const { name, summary, isSample, facts } of samplePartners) {
    expect(isSample).toBe(true)
    expect(name).toMatch(/^Sample/)
    expect(summary).toContain('no real organisation')
    expect(facts).toEqual([])
  }
})
