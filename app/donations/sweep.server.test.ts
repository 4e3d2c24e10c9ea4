import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clock } from '#app/platform/clock.server.ts'
import { db } from '#app/platform/db.server.ts'
import { useDesk } from '#tests/support/hearing.ts'
import { openPage } from '#tests/support/pages.ts'
import { readBalance } from './balance.server.ts'
import { moveMark, readMark, type SweptList } from './sweep-mark.server.ts'
import { sweep } from './sweep.server.ts'

const desk = useDesk()
const lists: SweptList[] = ['events', 'balance-transactions']
const fromNow = (days: number) => new Date(clock.now().getTime() + days * 24 * 3_600_000)

beforeEach(() => db.sweepMark.deleteMany())

describe('When a clock that was ahead has marked Stripe’s lists as read up to a time to come', () => {
  beforeAll(async () => {
    await desk().later(-48)
    const { pageId } = await openPage(desk().stripe)
    await desk().pay(pageId)
    await desk().later(0.01)
    await desk().setClock(clock.now())
  })

  const markAhead = () =>
    db.sweepMark.createMany({ data: lists.map((name) => ({ name, through: fromNow(3) })) })

  test('what happened two days ago is found all the same', async () => {
    await markAhead()
    await sweep()
    expect(await db.stripeEvent.count({ where: { heardBy: 'sweep', type: 'charge.succeeded' } })).toBe(1)
    expect(await db.movement.count()).toBe(1)
  })

  test('the marks are at now again, also when nobody looked at them first', async () => {
    await markAhead()
    expect(await readMark(db, 'events')).toMatchObject({ state: 'ahead' })
    await moveMark('events', fromNow(-1))
    await readBalance()
    for (const name of lists) {
      const mark = await readMark(db, name)
      expect(mark).toMatchObject({ state: 'read' })
    }
  })
})

test('of two who read at once the later mark counts', async () => {
  await moveMark('events', fromNow(-1))
  await moveMark('events', fromNow(-2))
  const mark = await readMark(db, 'events')
  expect(mark.state === 'read' && mark.through > fromNow(-1.5)).toBe(true)
})
