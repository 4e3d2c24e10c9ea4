import { describe, expect, test } from 'vitest'
import type { PageRead } from '#app/platform/payments-reading.server.ts'
import { charge, declined, disputed, dispute, line, page, refund } from '#tests/support/readings.ts'
import type { GiftState } from './gift.ts'
import { checkMovement } from './movement.ts'
import { judge, mailsDue, type GiftFacts } from './payment.ts'

type Story = Partial<GiftFacts> & { suspended?: string[] }

/** What is said of a gift of £25 whose attempts asked for these pages. */
function verdictOn(pages: PageRead[], { suspended = [], ...story }: Story = {}) {
  const amount = story.amount ?? { amountMinor: 2500, currency: 'GBP' }
  const gift: GiftFacts = {
    id: 'g',
    reference: 'G-00000000',
    state: 'started',
    isForgotten: false,
    isTransferred: false,
    amount,
    parts: [{ partnerId: null, amountMinor: amount.amountMinor }],
    attempts: pages.map(({ id }) => ({ id: `of ${id}`, state: 'open', sessionId: id })),
    ...story,
  }
  const nobodys = { giftId: null, given: null, funds: [], undoesId: null }
  return judge(gift, pages, new Map(suspended.map((id) => [id, nobodys])))
}

const open = (charges = [] as ReturnType<typeof charge>[]) =>
  page({ state: 'open', url: 'https://pay' }, charges)
const expired = () => page({ state: 'expired', payment: null })

describe('A gift is', () => {
  test.each<[GiftState | null, string, PageRead[]]>([
    [null, 'its page is open', [open()]],
    [null, 'a card was declined and its page is open', [open([declined()])]],
    ['received', 'a card paid', [page()]],
    ['received', 'a card paid, and its fee is not known yet', [page({}, [charge({ line: null })])]],
    ['received', 'a card paid after another was declined', [page({}, [declined(), charge()])]],
    ['processing', 'a debit is on its way', [page({}, [charge({ state: 'pending', line: null })])]],
    ['failed', 'a debit did not come', [page({}, [declined()])]],
    ['expired', 'its page ran out', [expired()]],
    [null, 'one page ran out and another is open', [expired(), open()]],
    ['received', 'one page was paid and the next ran out', [page(), expired()]],
    ['expired', 'a debit did not come, and the page after it ran out', [page({}, [declined()]), expired()]],
  ])('%s when %s', (state, _, pages) => {
    expect(verdictOn(pages).state).toBe(state)
  })

  test('not expired while an attempt has no answer yet', () => {
    const gone = expired()
    const attempts = [
      { id: 'a', state: 'open' as const, sessionId: gone.id },
      { id: 'b', state: 'asked' as const, sessionId: null },
    ]
    expect(verdictOn([gone], { attempts }).state).toBeNull()
  })

  test('still promised when the page that its donor left runs out, and received when it is paid after all', () => {
    expect(verdictOn([expired()], { state: 'promised' }).state).toBeNull()
    expect(verdictOn([page()], { state: 'promised' }).state).toBe('received')
  })
})

describe('A page', () => {
  test('is to be closed after five declined payments, and not after four', () => {
    const tries = (times: number) => Array.from({ length: times }, declined)
    expect(verdictOn([open(tries(4))]).toClose).toEqual([])
    const tried = open(tries(5))
    expect(verdictOn([tried])).toMatchObject({
      toClose: [{ attemptId: `of ${tried.id}`, pageId: tried.id }],
      declines: 5,
    })
    expect(verdictOn([page({}, [...tries(5), charge()])]).toClose).toEqual([])
  })
})

describe('Money', () => {
  const kinds = (pages: PageRead[], story: Story = {}) =>
    verdictOn(pages, story).movements.map(({ kind, giftId, given }) => [
      kind,
      giftId,
      given?.amountMinor ?? null,
    ])

  test('that comes and goes back in parts, one of which does not arrive, is the gift’s', () => {
    const back = line('refund_failure', 1000)
    const refunds = [refund(1000, { state: 'failed', failureLine: back }), refund(500)]
    const said = verdictOn([page({}, [charge({ refunds })])])
    expect(said.movements.map(({ kind, given }) => [kind, given?.amountMinor])).toEqual([
      ['charge', 2500],
      ['refund', -1000],
      ['refund_failure', 1000],
      ['refund', -500],
    ])
    expect(said.movements[2]?.undoesId).toBe(refunds[0]?.line?.id)
    expect(said.returned).toMatchObject([{ refundId: refunds[1]?.id, amountMinor: 500 }])
    expect(said.movements.flatMap(checkMovement)).toEqual([])
  })

  test('that a bank takes twice and gives back in part is undone where it was taken', () => {
    const [first, second] = [disputed(-1000), disputed(-800)]
    const [won, half] = [disputed(1000), disputed(300)]
    const disputes = [dispute(1800, [half, second, won, first])]
    const { movements } = verdictOn([page({}, [charge({ disputes })])])
    expect(
      movements.slice(1).map(({ kind, given, undoesId }) => [kind, given?.amountMinor, undoesId]),
    ).toEqual([
      ['dispute', -1000, null],
      ['dispute', -800, null],
      ['dispute_reversal', 1000, first.id],
      ['dispute_reversal', 300, second.id],
    ])
    expect(movements.flatMap(checkMovement)).toEqual([])
  })

  test('in another currency is given as its donor gave it, at the rate as Stripe writes it', () => {
    const inEuros = { currency: 'EUR' as const, amountMinor: 2000 }
    const at = (rate: string) => ({ exchangeRate: rate })
    const taken = disputed(-1731, at('0.8653'))
    const paid = charge({
      ...inEuros,
      line: line('charge', 1730, { ...at('0.86521'), feeMinor: 98 }),
      disputes: [dispute(2000, [taken, disputed(866, at('0.8653'))])],
    })
    const { movements } = verdictOn([page(inEuros, [paid])], { amount: inEuros })
    expect(movements.map(({ given, exchangeRate }) => [given, exchangeRate])).toEqual([
      [{ amountMinor: 2000, currency: 'EUR' }, '0.86521'],
      [{ amountMinor: -2000, currency: 'EUR' }, '0.8653'],
      [{ amountMinor: 1001, currency: 'EUR' }, '0.8653'],
    ])
    expect(movements.flatMap(checkMovement)).toEqual([])
  })

  test('of another amount than the gift is nobody’s, with all that goes back of it, and a person is told', () => {
    const other = charge({ amountMinor: 2000, refunds: [refund(500)] })
    expect(kinds([page({}, [other])])).toEqual([
      ['charge', null, null],
      ['refund', null, null],
    ])
    const { state, problems } = verdictOn([page({}, [other])])
    expect(state).toBeNull()
    expect(problems).toEqual([`${other.id} is of £20, and gift G-00000000 of £25`])
  })

  test('of another currency too', () => {
    const other = charge({ currency: 'USD' })
    expect(verdictOn([page({}, [other])]).problems).toEqual([
      `${other.id} is of US$25, and gift G-00000000 of £25`,
    ])
  })

  test('of another amount that has all gone back needs nobody any more', () => {
    const other = charge({ amountMinor: 2000, refunds: [refund(2000)] })
    expect(verdictOn([page({}, [other])]).problems).toEqual([])
  })

  test('that was booked as nobody’s before stays so, and is never booked twice', () => {
    const paid = charge({ refunds: [refund(500)] })
    const said = verdictOn([page({}, [paid])], { suspended: [paid.line?.id ?? ''] })
    expect(said.movements.map(({ giftId }) => giftId)).toEqual([null, null])
    expect(said.state).toBe('received')
    expect(said.problems).toEqual([`${paid.line?.id} is booked as nobody’s money, and is gift G-00000000`])
  })

  test('that came twice is twice the gift’s, and a person is told to give one back', () => {
    const pages = [page(), page()]
    expect(kinds(pages)).toEqual([
      ['charge', 'g', 2500],
      ['charge', 'g', 2500],
    ])
    expect(verdictOn(pages).problems).toEqual(['gift G-00000000 was paid 2 times'])
    expect(verdictOn([page(), page({}, [charge({ refunds: [refund(2500)] })])]).problems).toEqual([])
  })

  test('through Stripe after it had come by bank transfer: a person is told to give one back, and until then', () => {
    const story = { state: 'received', isTransferred: true } as const
    expect(verdictOn([page()], story).problems).toEqual([
      'gift G-00000000 came by bank transfer, and was paid through Stripe too',
    ])
    expect(verdictOn([page({}, [charge({ refunds: [refund(2500)] })])], story).problems).toEqual([])
  })
})

describe('A donor is to be written to', () => {
  const receivedAt = new Date(0)
  const returned = [
    { refundId: 're_1', amountMinor: 100, movementId: 'txn_1' },
    { refundId: 're_2', amountMinor: 200, movementId: 'txn_2' },
  ]
  const kinds = (from: GiftState, to: GiftState) =>
    mailsDue({ state: from, recorded: new Set() }, { state: to, receivedAt, returned: [] }).map(
      ({ kind }) => kind,
    )

  test.each<[GiftState, GiftState, string[]]>([
    ['started', 'received', ['receipt']],
    ['processing', 'received', ['receipt']],
    ['received', 'received', []],
    ['started', 'processing', ['on-its-way']],
    ['processing', 'failed', ['not-received']],
    ['started', 'expired', []],
  ])('when a gift goes from %s to %s: %j', (from, to, mails) => {
    expect(kinds(from, to)).toEqual(mails)
  })

  test('of each part that goes back, when its movement is new', () => {
    const before = { state: 'received' as const, recorded: new Set(['txn_1']) }
    expect(mailsDue(before, { state: 'received', receivedAt, returned })).toEqual([
      { kind: 'returned', refundId: 're_2', amountMinor: 200 },
    ])
  })
})
