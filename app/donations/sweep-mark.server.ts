import { clock } from '#app/platform/clock.server.ts'
import { db, type Reader } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'

/** The lists of Stripe's that are read, from where they were read to. */
export type SweptList = 'events' | 'balance-transactions'

/**
 * How far a list has been read. `ahead`: further than now, which a clock that was wrong has written. It is never believed:
 * whoever did would read nothing until that time comes.
 */
export type Mark = { state: 'never' } | { state: 'read' | 'ahead'; through: Date }

/** How far a list has been read, as it stands. */
export async function readMark(reader: Reader, name: SweptList): Promise<Mark> {
  const kept = await reader.sweepMark.findUnique({ where: { name } })
  if (!kept) return { state: 'never' }
  return { state: kept.through > clock.now() ? 'ahead' : 'read', through: kept.through }
}

/** From where a list is to be read; null when nobody knows. A mark that is ahead is forgotten, and the log told of it once. */
export async function startingMark(name: SweptList): Promise<Date | null> {
  const { count } = await db.sweepMark.deleteMany({ where: { name, through: { gt: clock.now() } } })
  if (count > 0) {
    log.warn({ list: name }, 'a list of Stripe’s was marked as read up to a time to come: it is read anew')
  }
  const mark = await readMark(db, name)
  return mark.state === 'read' ? mark.through : null
}

/**
 * Everything that the list held at that time is here. The mark never goes back, unless it is ahead: of two readers the
 * later one counts.
 */
export async function moveMark(name: SweptList, through: Date): Promise<void> {
  await db.$executeRaw`
    insert into sweep_mark as known (name, through) values (${name}, ${through}::timestamptz)
    on conflict (name) do update set through =
      case when known.through > ${clock.now()}::timestamptz then excluded.through
      else greatest(known.through, excluded.through) end`
}
