import { failure, type Failure } from './errors.ts'
import type { Param } from './form.ts'

/** docs.stripe.com/api/expanding_objects: four levels at the most. */
const DEEPEST = 4

/**
 * Puts whole objects where ids stand, as `expand[]` asks for: `latest_charge.balance_transaction`, and in a list
 * `data.charge`. What is null stays null.
 */
export function expanded(
  body: object,
  expand: Param | undefined,
  find: (id: string) => object | undefined,
): { outcome: 'done'; body: object } | { outcome: 'failed'; failure: Failure } {
  const copy = structuredClone(body)
  for (const path of Array.isArray(expand) ? expand : []) {
    const parts = typeof path === 'string' ? path.split('.') : []
    const levels = parts[0] === 'data' ? parts.length - 1 : parts.length
    if (levels === 0 || levels > DEEPEST || !put(copy, parts, find)) {
      const message = `This property cannot be expanded (${parts.join('.')}).`
      return { outcome: 'failed', failure: failure('invalid_parameter', { message, param: 'expand' }) }
    }
  }
  return { outcome: 'done', body: copy }
}

function put(
  from: object,
  [part = '', ...rest]: string[],
  find: (id: string) => object | undefined,
): boolean {
  const holder = from as Record<string, unknown>
  const value = holder[part]
  if (value === null) return true
  if (Array.isArray(value)) {
    holder[part] = value.map((each) =>
      typeof each === 'string' ? (structuredClone(find(each)) ?? each) : each,
    )
    return (holder[part] as object[]).every((each) => rest.length === 0 || put(each, rest, find))
  }
  if (typeof value === 'string') {
    const found = find(value)
    if (!found) return false
    holder[part] = structuredClone(found)
  } else if (typeof value !== 'object') return false
  return rest.length === 0 || put(holder[part] as object, rest, find)
}
