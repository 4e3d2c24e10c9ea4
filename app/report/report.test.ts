import { describe, expect, test } from 'vitest'
import { report } from '#prisma/seed/report.ts'
import {
  conclusionOf,
  eventsOf,
  figureOf,
  findingsOf,
  responsesOf,
  sayAttribution,
  sayStatus,
  sourcesOf,
  statusesOf,
} from './report.ts'

describe('a report', () => {
  test('keeps its conclusion apart from its findings', () => {
    expect(findingsOf(report)).not.toContain(conclusionOf(report))
    expect(findingsOf(report).length + 1).toBe(report.findings.length)
    expect(conclusionOf({ findings: findingsOf(report) })).toBeNull()
  })

  test('knows which finding its one number belongs to', () => {
    expect(figureOf(report)?.finding.figure).toBe(figureOf(report)?.figure)
    expect(figureOf({ findings: [] })).toBeNull()
  })

  test('tells what happened apart from what was answered, and drops neither', () => {
    expect([...eventsOf(report), ...responsesOf(report)]).toHaveLength(report.changes.length)
    expect(responsesOf(report).every(({ kind }) => kind === 'response')).toBe(true)
  })

  test('lists each source once, its own page first', () => {
    const slugs = sourcesOf(report).map(({ slug }) => slug)
    expect(slugs[0]).toBe(report.source.slug)
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  test('explains only the standings that its claims have', () => {
    expect(statusesOf(report)).toEqual(['reported', 'assessed'])
  })
})

test('who speaks and how firmly has a word for readers', () => {
  expect(sayAttribution('witness')).toBe('a witness')
  expect(sayAttribution('charity')).toBe('the authors of the report')
  expect(sayStatus('disputed')).toBe('Disputed')
})
