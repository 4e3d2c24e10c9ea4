import type { Reader } from '#app/platform/db.server.ts'
import { heldToday } from './terms.server.ts'

/** Who reads letters to a seat, and where. */
export type Office = {
  division: string
  role: string
  /** null while the seat is vacant. */
  holder: { id: string; name: string; salutation: string } | null
  /** null when they are not to be written to by email. */
  email: string | null
}

/** Reads where a letter to a seat goes today. For its dispatch alone: no page, mail or log shows the address. */
export async function readOffice(reader: Reader, seatId: string): Promise<Office | null> {
  const seat = await reader.seat.findUnique({
    where: { id: seatId },
    include: {
      division: true,
      holders: { where: heldToday(), include: { channels: { where: { kind: 'email' } } } },
    },
  })
  if (!seat) return null
  const [holder] = seat.holders
  return {
    division: seat.division.name,
    role: seat.role,
    holder: holder ? { id: holder.id, name: holder.name, salutation: holder.salutation } : null,
    email: holder?.preferred === 'email' ? (holder.channels[0]?.value ?? null) : null,
  }
}
