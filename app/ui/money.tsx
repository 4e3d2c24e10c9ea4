import { formatMoney, type Money as Amount } from '#app/shared/money.ts'

/** An amount of money as people in Britain read it. `everyDecimal` lines amounts up in a column. */
export function Money({ value, everyDecimal = false }: { value: Amount; everyDecimal?: boolean }) {
  return <span className="whitespace-nowrap tabular-nums">{formatMoney(value, { everyDecimal })}</span>
}
