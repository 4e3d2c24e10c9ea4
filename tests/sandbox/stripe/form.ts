/** A body or a query as Stripe takes it: text, lists and groups, nested by brackets (docs.stripe.com/api). */
export type Params = { [name: string]: Param }
export type Param = string | Params | Param[]

/** Deeper than any parameter of Stripe's. */
const DEEPEST = 10

/**
 * Reads `metadata[gift]=7&line_items[0][quantity]=1&expand[]=customer`. Numbers stay text: only whoever asked for one
 * knows which text is a number.
 */
export function readForm(text: string): Params {
  const root: Group = new Map()
  for (const [name, value] of new URLSearchParams(text)) {
    const place = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name)
    const [first = name, rest = ''] = place ? [place[1], place[2]] : []
    const path = [first, ...[...rest.matchAll(/\[([^\]]*)\]/g)].map(([, part = '']) => part)]
    if (path.length <= DEEPEST) put(root, path, value)
  }
  return asParams(root)
}

type Group = Map<string, string | Group>

function put(group: Group, [first = '', ...rest]: string[], value: string): void {
  const name = first === '' ? String(group.size) : first
  if (rest.length === 0) {
    group.set(name, value)
    return
  }
  let inner = group.get(name)
  if (!(inner instanceof Map)) {
    inner = new Map()
    group.set(name, inner)
  }
  put(inner, rest, value)
}

/** A group whose names are 0, 1, 2 and so on is a list. */
function asParam(value: string | Group): Param {
  if (typeof value === 'string') return value
  const isList = [...value.keys()].every((name, index) => name === String(index))
  return isList ? [...value.values()].map(asParam) : asParams(value)
}

function asParams(group: Group): Params {
  // A name such as `__proto__` is a name like any other here.
  const params = Object.create(null) as Params
  for (const [name, value] of group) params[name] = asParam(value)
  return params
}
