import { failure, type Failure } from './errors.ts'
import type { Param } from './form.ts'

/** docs.stripe.com/api/expanding_objects: four levels at the most. */
const DEEPEST = 4

/** Where whole objects come from. */
export type Whole = {
  /** The object of that id. */
  find: (id: string) => object | undefined
  /** What an object only shows when it is asked for. */
  include: (holder: object, name: string) => object | undefined
}

/**
 * Puts whole objects where ids stand, as `expand[]` asks for: `latest_charge.balance_transaction`, and in a list
 * `data.charge`; and what is not shown unless it is asked for. What is null stays null.
 */
export function expanded(
  body: object,
  expand: Param | undefined,
  whole: Whole,
): { outcome: 'done'; body: object } | { outcome: 'failed'; failure: Failure } {
  const copy = structuredClone(body)
  for (const path of Array.isArray(expand) ? expand : []) {
    const parts = typeof path === 'string' ? path.split('.') : []
    const levels = parts[0] === 'data' ? parts.length - 1 : parts.length
    if (levels === 0 || levels > DEEPEST || !put(copy, parts, whole)) {
      const message = `This property cannot be expanded (${parts.join('.')}).`
      return { outcome: 'failed', failure: failure('invalid_parameter', { message, param: 'expand' }) }
    }
  }
  return { outcome: 'done', body: copy }
}

function put(from: object, [part = '', ...rest]: string[], whole: Whole): boolean {
  const holder = from as Record<string, unknown>
  const value = part in holder ? holder[part] : structuredClone(whole.include(from, part))
  if (value === null) return true
  if (Array.isArray(value)) {
    const all = value.map((each) =>
      typeof each === 'string' ? (structuredClone(whole.find(each)) ?? each) : each,
    )
    holder[part] = all
    return (all as object[]).every((each) => rest.length === 0 || put(each, rest, whole))
  }
  const found = typeof value === 'string' ? structuredClone(whole.find(value)) : value
  if (typeof found !== 'object' || found === null) return false
  holder[part] = found
  return rest.length === 0 || put(found, rest, whole)
}
