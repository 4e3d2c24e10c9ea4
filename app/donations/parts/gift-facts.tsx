import { formatMoney } from '#app/shared/money.ts'
import type { GiftPage } from '../gift-pages.server.ts'

/** A gift in three lines: its sum, its purpose, and the reference to name it by. */
export function GiftFacts({ gift: { amount, purposeName, reference } }: { gift: GiftPage }) {
  const facts = [
    ['Amount', `${formatMoney(amount, { everyDecimal: true })}, once`],
    ['For', purposeName === null ? 'Where it is most needed' : `The work of ${purposeName}`],
    ['Reference', reference],
  ]
  return (
    <dl className="mt-10 max-w-measure border-t border-rule font-sans text-ui">
      {facts.map(([term, fact]) => (
        <div key={term} className="grid border-b border-rule py-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
          <dt className="font-semibold">{term}</dt>
          <dd className="tabular-nums">{fact}</dd>
        </div>
      ))}
    </dl>
  )
}
