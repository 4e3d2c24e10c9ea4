import { clock } from '#app/platform/clock.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import { dateOfDay, dayInBritain } from '#app/shared/dates.ts'
import type { DivisionRow, PostalRow, RepresentativeRow, Rows } from './register-rows.ts'
import { beginTerms, changeTerm, endTerms, keepPastTerms, openTerms } from './terms.server.ts'
import { compareTerms, isCutShort, MOST_GONE } from './terms.ts'

/** What a file changes, one line each for whoever looks at it before; `lines` names nobody's address. */
export type TakenIn = { added: number; changed: number; gone: number; lines: string[] }

export type TakingIn =
  | ({ outcome: 'taken' } & TakenIn)
  /** It cannot be so; what is wrong, in words. */
  | { outcome: 'refused'; problems: string[] }
  /** More people or postal codes are gone than change between two files. */
  | { outcome: 'cut-short'; had: number; has: number }

/** `fileHash`: SHA-256 of the file. `force`: take it in although it is much shorter than the last one. */
export type From = { source: string; fileHash: string; force?: boolean }

/**
 * Takes a file of a register in. Two at once are taken in one after the other. Whoever is not in the newest file of their
 * source holds their seat no more; their term is kept. Writes nothing unless the outcome is `taken`.
 */
export async function takeIn(tx: Tx, { kind, rows }: Rows, from: From): Promise<TakingIn> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('representatives', 7205004))`
  const taking = await (() => {
    switch (kind) {
      case 'representatives':
        return takeRepresentatives(tx, rows, from)
      case 'postal':
        return takePostal(tx, rows, from)
      case 'divisions':
        return takeDivisions(tx, rows)
    }
  })()
  if (taking.outcome !== 'taken') return taking
  const { added, changed, gone } = taking
  const newest =
    kind === 'representatives'
      ? rows
          .map((row) => row.retrievedOn)
          .toSorted()
          .at(-1)
      : undefined
  const { source, fileHash } = from
  await tx.registerImport.create({
    data: {
      ...{ source, kind, fileHash, rows: rows.length, added, changed, gone, at: clock.now() },
      retrievedOn: newest ? dateOfDay(newest) : null,
    },
    select: { id: true },
  })
  return taking
}

async function takeRepresentatives(
  tx: Tx,
  rows: RepresentativeRow[],
  { source, force = false }: From,
): Promise<TakingIn> {
  const today = dayInBritain(clock.now())
  const open = await openTerms(tx, source)
  const plan = compareTerms(open, rows, today)
  if (!force && isCutShort(open, plan)) return { outcome: 'cut-short', had: open.length, has: rows.length }
  await addNamedDivisions(tx, rows)
  await endTerms(tx, plan.ends)
  for (const { holderId, row } of plan.changes) await changeTerm(tx, holderId, row)
  const problems = await beginTerms(tx, source, plan.begins)
  if (problems.length > 0) return { outcome: 'refused', problems }
  await keepPastTerms(tx, source, plan.past)
  const changes = plan.changes.filter(({ fields }) => fields.length > 0)
  return {
    outcome: 'taken',
    added: plan.begins.length,
    changed: changes.length,
    gone: plan.ends.length,
    lines: [
      ...plan.begins.map((row) => `begins   ${sayPlace(row)}: ${row.name}`),
      ...changes.map(({ row, fields }) => `changed  ${sayPlace(row)}: ${row.name} (${fields.join(', ')})`),
      ...plan.ends.map((term) => `ends     ${term.divisionId}, ${term.chamber}: ${term.name}`),
    ],
  }
}

function sayPlace({ divisionName, chamber }: RepresentativeRow): string {
  return `${divisionName}, ${chamber}`
}

/** A register of people names the divisions too: one that no file describes is made of what it says. */
async function addNamedDivisions(tx: Tx, rows: readonly RepresentativeRow[]): Promise<void> {
  const named = new Map(
    rows.map(({ divisionId: id, country, divisionName: name }) => [id, { id, country, name }]),
  )
  await tx.division.createMany({
    data: [...named.values()].map((division) => ({ ...division, type: 'division' })),
    skipDuplicates: true,
  })
}

/** All at once: a country's index is tens of thousands of lines. */
async function takePostal(tx: Tx, rows: PostalRow[], { source, force = false }: From): Promise<TakingIn> {
  const had = await tx.postalDivision.count({ where: { source } })
  if (!force && rows.length < had * (1 - MOST_GONE)) return { outcome: 'cut-short', had, has: rows.length }
  const [countries, codes, divisions] = [
    rows.map(({ country }) => country),
    rows.map(({ postal }) => postal),
    rows.map(({ divisionId }) => divisionId),
  ]
  const unknown = await unknownDivisions(tx, divisions)
  if (unknown.length > 0) {
    return { outcome: 'refused', problems: unknown.map((id) => `No division is called ${id}: ${first}`) }
  }
  const gone = await tx.$executeRaw`
    delete from postal_division known where source = ${source} and not exists (
      select from unnest(${countries}::text[], ${codes}::text[], ${divisions}::text[]) as file (country, postal, division)
      where file.country = known.country and file.postal = known.postal and file.division = known.division_id)`
  const added = await tx.$executeRaw`
    insert into postal_division (country, postal, division_id, source)
    select country, postal, division, ${source}
    from unnest(${countries}::text[], ${codes}::text[], ${divisions}::text[]) as file (country, postal, division)
    on conflict do nothing`
  return { outcome: 'taken', added, changed: 0, gone, lines: [] }
}

const first = 'take in the divisions, or the representatives, before the postal codes.'

async function takeDivisions(tx: Tx, rows: DivisionRow[]): Promise<TakingIn> {
  const inFile = new Set(rows.map(({ id }) => id))
  const outside = rows.flatMap(({ parentId }) => (parentId && !inFile.has(parentId) ? [parentId] : []))
  const unknown = await unknownDivisions(tx, outside)
  if (unknown.length > 0) {
    const problems = unknown.map((id) => `No division is called ${id}, which lines name as parent_id.`)
    return { outcome: 'refused', problems }
  }
  const circles = await inCircles(tx, rows)
  if (circles.length > 0) {
    const problems = circles.map(
      (id) => `${id} lies in itself, by way of parent_id: write the larger division there.`,
    )
    return { outcome: 'refused', problems }
  }
  const known = await tx.division.findMany({ where: { id: { in: [...inFile] } } })
  const byId = new Map(known.map((division) => [division.id, division]))
  const said = ({ country, type, name, parentId }: Omit<DivisionRow, 'id'>) =>
    JSON.stringify([country, type, name, parentId])
  const changed = rows.filter((row) => {
    const before = byId.get(row.id)
    return before && said(before) !== said(row)
  })
  const added = rows.filter(({ id }) => !byId.has(id))
  // A parent may stand below its parts in the file.
  await tx.division.createMany({ data: added.map((row) => ({ ...row, parentId: null })) })
  for (const { id, ...row } of [...added, ...changed]) await tx.division.update({ where: { id }, data: row })
  return {
    outcome: 'taken',
    ...{ added: added.length, changed: changed.length, gone: 0 },
    lines: [
      ...added.map(({ id, name }) => `added    ${name} (${id})`),
      ...changed.map(({ id, name }) => `changed  ${name} (${id})`),
    ],
  }
}

/** The divisions of a file of which one of those around them is themselves. */
async function inCircles(tx: Tx, rows: readonly DivisionRow[]): Promise<string[]> {
  const known = await tx.division.findMany({ select: { id: true, parentId: true } })
  const parents = new Map([...known, ...rows].map(({ id, parentId }) => [id, parentId]))
  return rows.flatMap(({ id }) => {
    const around = new Set<string>()
    let each = parents.get(id)
    while (each && !around.has(each)) {
      around.add(each)
      each = parents.get(each)
    }
    return around.has(id) ? [id] : []
  })
}

/** The ids among these of which there is no division. */
async function unknownDivisions(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const named = [...new Set(ids)]
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select named.id from unnest(${named}::text[]) as named (id)
    where not exists (select from division where division.id = named.id) order by named.id`
  return rows.map(({ id }) => id)
}
