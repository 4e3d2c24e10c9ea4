import { randomUUID } from 'node:crypto'
import { clock } from '#app/platform/clock.server.ts'
import type { Prisma, Tx } from '#app/platform/db.server.ts'
import { dateOfDay, dayInBritain, dayOfDate, type Day } from '#app/shared/dates.ts'
import type { RepresentativeRow } from './register-rows.ts'
import type { OpenTerm } from './terms.ts'

/** Whoever holds a seat today: their term has begun, or nobody says when it did, and has not ended. One a seat at most. */
export function heldToday(): Prisma.HolderWhereInput {
  const today = dateOfDay(dayInBritain(clock.now()))
  return {
    AND: [{ OR: [{ startsOn: null }, { startsOn: { lte: today } }] }, notOver()],
  }
}

function notOver(): Prisma.HolderWhereInput {
  return { OR: [{ endsOn: null }, { endsOn: { gt: dateOfDay(dayInBritain(clock.now())) } }] }
}

/** The terms of a source that are not over: an end that was announced is still to come. */
export async function openTerms(tx: Tx, source: string): Promise<OpenTerm[]> {
  const holders = await tx.holder.findMany({
    where: { source, ...notOver() },
    include: { channels: true, seat: { include: { division: { select: { country: true } } } } },
    orderBy: { id: 'asc' },
  })
  return holders.map((holder) => ({
    ...{
      holderId: holder.id,
      externalId: holder.externalId,
      name: holder.name,
      salutation: holder.salutation,
    },
    ...{
      party: holder.party,
      preferred: holder.preferred,
      licence: holder.licence,
      sourceUrl: holder.sourceUrl,
    },
    ...{ country: holder.seat.division.country, chamber: holder.seat.chamber, role: holder.seat.role },
    divisionId: holder.seat.divisionId,
    channels: holder.channels,
    startsOn: holder.startsOn && dayOfDate(holder.startsOn),
    endsOn: holder.endsOn && dayOfDate(holder.endsOn),
    retrievedOn: dayOfDate(holder.retrievedOn),
  }))
}

/** Ends terms, each on its day. */
export async function endTerms(tx: Tx, ends: readonly { holderId: string; endsOn: Day }[]): Promise<void> {
  for (const { holderId, endsOn } of ends) {
    await tx.holder.update({
      where: { id: holderId },
      data: { endsOn: dateOfDay(endsOn) },
      select: { id: true },
    })
  }
}

/**
 * Keeps terms that were over before anybody told us of them, without the ways to write to whoever held them: of a seat
 * that is vacant they are all that is known.
 */
export async function keepPastTerms(
  tx: Tx,
  source: string,
  rows: readonly RepresentativeRow[],
): Promise<void> {
  for (const row of rows) {
    const { externalId, divisionId, chamber, role } = row
    if ((await tx.holder.count({ where: { source, externalId, seat: { divisionId, chamber } } })) > 0)
      continue
    const seat =
      (await tx.seat.findFirst({ where: { divisionId, chamber }, orderBy: { position: 'asc' } })) ??
      (await tx.seat.create({ data: { divisionId, chamber, position: 1, role } }))
    await tx.holder.create({
      data: { seatId: seat.id, source, externalId, ...said(row), preferred: null },
      select: { id: true },
    })
  }
}

/** The same person in the same seat, of whom a newer file says something else. */
export async function changeTerm(tx: Tx, holderId: string, row: RepresentativeRow): Promise<void> {
  const { seatId } = await tx.holder.update({
    where: { id: holderId },
    data: { ...said(row), channels: { deleteMany: {}, create: row.channels } },
    select: { seatId: true },
  })
  await tx.seat.updateMany({ where: { id: seatId, role: { not: row.role } }, data: { role: row.role } })
}

/**
 * Begins terms, each in a vacant seat of its division, or in a new one where none is vacant. Returns what cannot be: a
 * seat that another source says is held.
 */
export async function beginTerms(
  tx: Tx,
  source: string,
  rows: readonly RepresentativeRow[],
): Promise<string[]> {
  const seats = await tx.seat.findMany({
    where: { divisionId: { in: [...new Set(rows.map(({ divisionId }) => divisionId))] } },
    orderBy: { position: 'asc' },
    include: { holders: { where: notOver() } },
  })
  const byPlace = new Map<string, Place[]>()
  for (const seat of seats) byPlace.set(placeOf(seat), [...(byPlace.get(placeOf(seat)) ?? []), seat])
  const problems: string[] = []
  const added: Added = { seats: [], holders: [], channels: [] }
  for (const row of rows) {
    const here = byPlace.get(placeOf(row)) ?? []
    byPlace.set(placeOf(row), here)
    const others = here.flatMap(({ holders }) => holders).filter((holder) => holder.source !== source)
    if (others[0]) {
      problems.push(
        `${row.divisionName}, ${row.chamber}, is held by ${others[0].name} according to the source ${others[0].source}: ` +
          'take the file in under that name.',
      )
      continue
    }
    begin(row, source, here, added)
  }
  if (problems.length > 0) return problems
  await tx.seat.createMany({ data: added.seats })
  await tx.holder.createMany({ data: added.holders })
  await tx.channel.createMany({ data: added.channels })
  return []
}

type Added = {
  seats: Prisma.SeatCreateManyInput[]
  holders: Prisma.HolderCreateManyInput[]
  channels: Prisma.ChannelCreateManyInput[]
}

type Place = { id: string; divisionId: string; chamber: string; position: number; holders: Kept[] }
type Kept = { name: string; source: string }

function begin(row: RepresentativeRow, source: string, here: Place[], added: Added): void {
  const { divisionId, chamber, role, externalId, channels } = row
  let seat = here.find(({ holders }) => holders.length === 0)
  if (!seat) {
    const position = Math.max(0, ...here.map((each) => each.position)) + 1
    seat = { id: randomUUID(), divisionId, chamber, position, holders: [] }
    here.push(seat)
    added.seats.push({ id: seat.id, divisionId, chamber, position, role })
  }
  seat.holders.push({ name: row.name, source })
  const holderId = randomUUID()
  added.holders.push({ id: holderId, seatId: seat.id, source, externalId, ...said(row) })
  added.channels.push(...channels.map((channel) => ({ holderId, ...channel })))
}

function said({ name, salutation, party, preferred, sourceUrl, licence, ...days }: RepresentativeRow) {
  return {
    ...{ name, salutation, party, preferred, sourceUrl, licence },
    retrievedOn: dateOfDay(days.retrievedOn),
    startsOn: days.startsOn && dateOfDay(days.startsOn),
    endsOn: days.endsOn && dateOfDay(days.endsOn),
  }
}

function placeOf({ divisionId, chamber }: { divisionId: string; chamber: string }): string {
  return `${chamber} ${divisionId}`
}
