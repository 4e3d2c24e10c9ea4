import { db, type Reader } from '#app/platform/db.server.ts'

/** The lists of Stripe's that are read, from where they were read to. */
export type SweptList = 'events' | 'balance-transactions'

/** How far a list has been read; null when it never was. */
export async function readMark(reader: Reader, name: SweptList): Promise<Date | null> {
  return (await reader.sweepMark.findUnique({ where: { name } }))?.through ?? null
}

/** Everything that the list held at that time is here. The mark never goes back: of two readers the later one counts. */
export async function moveMark(name: SweptList, through: Date): Promise<void> {
  await db.$executeRaw`
    insert into sweep_mark as known (name, through) values (${name}, ${through}::timestamptz)
    on conflict (name) do update set through = greatest(known.through, excluded.through)`
}
