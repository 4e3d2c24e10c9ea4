import { beforeAll, describe, expect, test } from 'vitest'
import { postMovement } from '#app/books/books.server.ts'
import type { Movement } from '#app/donations/movement.ts'
import { recordMovement } from '#app/donations/movements.server.ts'
import { clock } from '#app/platform/clock.server.ts'
import { db, inTransaction } from '#app/platform/db.server.ts'
import { runCommand } from '#tests/support/command.ts'
import { ofNoGift } from '#tests/support/movements.ts'

const run = (...args: string[]) => runCommand(process.env['DATABASE_URL'] ?? '', ['books', ...args])

const came = ofNoGift('unknown', 700)
const left = ofNoGift('adjustment', -90_000)
const fee = ofNoGift('stripe_fee', -30)

async function happens(movement: Movement): Promise<void> {
  await inTransaction((tx) => recordMovement(tx, movement))
  await postMovement(movement.id)
}

beforeAll(async () => {
  const words = { name: 'Diggers of Riverton', country: 'Atlantis', place: 'Riverton', summary: 'They dig.' }
  await db.partner.create({ data: { slug: 'diggers', position: 0, updatedAt: clock.now(), ...words } })
  for (const movement of [came, left, fee]) await happens(movement)
})

const byHand = () => db.ledgerTransaction.findMany({ where: { movementId: null } })

describe('The treasurer', () => {
  test('reads what stands in suspense, and what to do', async () => {
    const { code, said } = await run('suspense')
    expect(code).toBe(0)
    expect(said).toMatch(new RegExp(`^${came.id}  2026-01-31  unknown +£7\\.00 came$`, 'm'))
    expect(said).toMatch(new RegExp(`^${left.id}  2026-01-31  adjustment +£900\\.00 left$`, 'm'))
    expect(said).not.toContain(fee.id)
    expect(said).toContain('npm run books -- from-suspense txn_… --to')
  })

  const because = ['--reason', 'a book at the fair']
  test.each([
    [[], 'in words without anybody'],
    [[came.id, '--to', 'diggers'], 'in words without anybody'],
    [[came.id, '--to', 'diggers', '--reason', ' '], 'in words without anybody'],
    [[came.id, ...because], 'Say which movement, whose fund, and why'],
    [[came.id, '--to', 'diggers', '--reason', 'ani@example.org wrote'], 'Leave addresses out'],
    [
      [came.id, '--to', 'miners', ...because],
      'There is no partner miners. Say one of: most-needed, diggers.',
    ],
    [[fee.id, '--to', 'diggers', ...because], `Nothing of ${fee.id} stands in suspense`],
    [[left.id, '--to', 'diggers', ...because], 'has £0.00: it would go below zero'],
  ])('is refused from-suspense %j, and told what to do', async (args, words) => {
    const { code, complained } = await run('from-suspense', ...args)
    expect(code).toBe(1)
    expect(complained).toContain(words)
    expect(await byHand()).toEqual([])
  })

  test('books it to the fund that she names, once', async () => {
    const args = ['from-suspense', came.id, '--to', 'diggers', ...because]
    const { said } = await run(...args)
    expect(said).toBe(`£7.00 of ${came.id} is booked to the fund for the work of Diggers of Riverton.\n`)
    expect(await byHand()).toMatchObject([{ kind: 'correction', memo: 'a book at the fair' }])
    const again = await run(...args)
    expect(again.code).toBe(1)
    expect(again.complained).toContain(
      'was booked from suspense already, for the work of Diggers of Riverton',
    )
    expect(await byHand()).toHaveLength(1)
    expect((await run('suspense')).said).not.toContain(`${came.id} `)
  })

  test('reads what can be done when she asks for something else', async () => {
    const { code, complained } = await run('dance')
    expect(code).toBe(1)
    expect(complained).toContain('npm run books -- from-suspense')
    expect(complained).toContain('leave everybody’s name out')
  })
})
