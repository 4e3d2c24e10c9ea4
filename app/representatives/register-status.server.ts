import { clock } from '#app/platform/clock.server.ts'
import type { Reader } from '#app/platform/db.server.ts'
import { counted } from '#app/shared/counted.ts'
import { dateOfDay, dayInBritain, dayOfDate, sayDay } from '#app/shared/dates.ts'
import { heldToday } from './terms.server.ts'

/** Seats change hands within weeks: what is older may lead a letter to nobody. */
const OLD_DAYS = 30

/** What was taken in and how old it is, and of each chamber how many can be written to; in lines for a person. */
export async function registerStatus(reader: Reader): Promise<string[]> {
  const imports = await reader.registerImport.findMany({
    distinct: ['source', 'kind'],
    orderBy: [{ source: 'asc' }, { kind: 'asc' }, { at: 'desc' }],
  })
  if (imports.length === 0) return ['Nothing was taken in yet.']
  const seats = await reader.seat.findMany({
    orderBy: { chamber: 'asc' },
    include: { holders: { where: heldToday(), select: { preferred: true } } },
  })
  const chambers = [...new Set(seats.map(({ chamber }) => chamber))]
  return [
    ...imports.map(({ source, kind, rows, at, retrievedOn }) => {
      const age = retrievedOn
        ? `, as of ${sayDay(dayOfDate(retrievedOn))}${isOld(retrievedOn) ? tooOld : ''}`
        : ''
      return `${source}: ${kind}, ${counted(rows, 'line', 'lines')}, taken in on ${sayDay(dayInBritain(at))}${age}`
    }),
    ...chambers.map((chamber) => {
      const here = seats.filter((seat) => seat.chamber === chamber)
      const ways = here.map(({ holders }) => (holders[0] ? (holders[0].preferred ?? 'no way') : 'vacant'))
      const counts = ['email', 'webform', 'post', 'phone', 'no way', 'vacant'].flatMap((way) => {
        const count = ways.filter((each) => each === way).length
        return count > 0 ? [`${count} ${way}`] : []
      })
      return `${chamber}: ${counted(here.length, 'seat', 'seats')} (${counts.join(', ')})`
    }),
  ]
}

const tooOld = ': older than a month, look for a newer one'

function isOld(retrievedOn: Date): boolean {
  const today = dateOfDay(dayInBritain(clock.now()))
  return today.getTime() - retrievedOn.getTime() > OLD_DAYS * 86_400_000
}
