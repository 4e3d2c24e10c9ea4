import { expect, test } from 'vitest'
import { hold } from './hold.ts'

const drill = (seed: number, gifts: number, orders: number, kills: number, ...more: string[]) =>
  hold(
    'money',
    ...['--seed', String(seed), '--gifts', String(gifts)],
    ...['--orders', String(orders), '--kills', String(kills)],
    ...more,
  )

test(
  'whatever happens to news, workers and Stripe, every gift ends where it should, in the books once, with one receipt',
  { timeout: 600_000 },
  async () => {
    const { code, said } = await drill(1, 12, 8, 12)
    expect(said).toContain('Nothing was lost, and nothing done twice.')
    expect(said).toMatch(/^gifts, and what became of them all at once +12, in 12 ways$/m)
    expect(said).toMatch(/^orders in which all of it was told again +8$/m)
    expect(said).toMatch(/^kills of the site around a request for a payment page +12$/m)
    expect(code).toBe(0)
  },
)

test(
  'the drill notices when two read one gift at once, and old news is written over new',
  { timeout: 600_000 },
  async () => {
    const { code, said } = await drill(1, 1, 0, 1, '--sabotage', 'no-lock')
    expect(said).toMatch(/^WRONG: a gift that was declined twice counts 1: old news stands over new$/m)
    expect(code).toBe(1)
  },
)

test('the drill notices when Stripe cannot tell that it is asked again', { timeout: 600_000 }, async () => {
  const { code, said } = await drill(1, 1, 0, 6, '--sabotage', 'no-key')
  expect(said).toMatch(/^WRONG: \d+ payment pages too many were made at Stripe$/m)
  expect(code).toBe(1)
})

test(
  'the drill notices when a request for a payment page leaves before the gift is kept',
  { timeout: 600_000 },
  async () => {
    const { code, said } = await drill(1, 1, 0, 6, '--sabotage', 'send-first')
    expect(said).toMatch(/^WRONG: 6 donors were given \d+ payment pages$/m)
    expect(code).toBe(1)
  },
)
