import type { Prisma, Reader } from '#app/platform/db.server.ts'
import { dayOfDate } from '#app/shared/dates.ts'
import { readPostal } from '#app/shared/postal.ts'
import { isUuid } from '#app/shared/uuid.ts'
import type { Chamber, LookUp, SeatShown, WayShown } from './seat.ts'
import { heldToday } from './terms.server.ts'

/**
 * The seats whose holders speak for a place: those of the divisions that its postal code lies in, and of the larger ones
 * around them. The whole code is looked for first, then ever shorter beginnings of it: some registers know no more.
 */
export async function findSeats(
  reader: Reader,
  { country, chamber }: Chamber,
  typed: string,
): Promise<LookUp> {
  const read = readPostal(country, typed)
  if (read.outcome !== 'read') return read
  const { postal, printed } = read
  const beginnings = [...postal].map((_, at) => postal.slice(0, at + 1))
  const rows = await reader.$queryRaw<{ id: string }[]>`
    with recursive known as (
      select division_id, postal from postal_division
      where country = ${country} and postal = any(${beginnings}::text[])),
    around as (
      select d.id, d.parent_id from division d join known on d.id = known.division_id
      where length(known.postal) = (select max(length(postal)) from known)
      union
      select d.id, d.parent_id from division d join around on d.id = around.parent_id)
    select seat.id from seat join around on seat.division_id = around.id where seat.chamber = ${chamber}`
  const [first, ...more] = await show(reader, { id: { in: rows.map(({ id }) => id) } })
  if (!first) return { outcome: 'unknown', postal: printed }
  return { outcome: 'found', postal: printed, seats: [first, ...more] }
}

/** A seat of a chamber; null for one that is not there, whatever was sent as its id. */
export async function findSeat(reader: Reader, chamber: Chamber, seatId: string): Promise<SeatShown | null> {
  if (!isUuid(seatId)) return null
  const [seat] = await show(reader, { ...of(chamber), id: seatId })
  return seat ?? null
}

/** Every seat of a chamber, in the order of its divisions: for those whose code nobody knows. */
export function listSeats(reader: Reader, chamber: Chamber): Promise<SeatShown[]> {
  return show(reader, of(chamber))
}

function of({ country, chamber }: Chamber): Prisma.SeatWhereInput {
  return { chamber, division: { country } }
}

async function show(reader: Reader, where: Prisma.SeatWhereInput): Promise<SeatShown[]> {
  const seats = await reader.seat.findMany({
    where,
    orderBy: [{ division: { name: 'asc' } }, { position: 'asc' }],
    include: { division: true, holders: { where: heldToday(), include: { channels: true } } },
  })
  return seats.map(({ id, division, role, holders: [holder] }) => ({
    ...{ id, division: division.name, role },
    holder: holder
      ? {
          ...{ id: holder.id, name: holder.name, party: holder.party, way: wayTo(holder) },
          ...{ sourceUrl: holder.sourceUrl, retrievedOn: dayOfDate(holder.retrievedOn) },
        }
      : null,
  }))
}

type HolderRow = Prisma.HolderGetPayload<{ include: { channels: true } }>

/** An email address is not part of it. A way that is preferred and not known is none. */
function wayTo({ preferred, channels }: HolderRow): WayShown {
  const value = channels.find(({ kind }) => kind === preferred)?.value
  if (preferred === null || value === undefined) return { kind: 'none' }
  switch (preferred) {
    case 'email':
      return { kind: 'email' }
    case 'webform':
      return { kind: 'webform', url: value }
    case 'post':
      return { kind: 'post', lines: value.split('\n') }
    case 'phone':
      return { kind: 'phone', number: value }
  }
}
