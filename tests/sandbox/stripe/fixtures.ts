import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '#tests/support/settings.ts'

/** One example of every object, as Stripe publishes them (github.com/stripe/openapi). Beside the repository, not in it. */
const file =
  process.env['STRIPE_FIXTURES'] ?? path.join(projectRoot, '../shared/data/api/stripe-fixtures3.json')

type Fixtures = Record<string, Record<string, unknown>>

/** Stripe's examples by kind, or why there is nothing to compare with. */
export const fixtures: { outcome: 'read'; resources: Fixtures } | { outcome: 'absent'; why: string } =
  existsSync(file)
    ? {
        outcome: 'read',
        resources: (JSON.parse(readFileSync(file, 'utf8')) as { resources: Fixtures }).resources,
      }
    : { outcome: 'absent', why: 'Stripe’s examples are not here: STRIPE_FIXTURES says where they lie' }

/** What one of the two may have alone, and why: `charge.refunds`. */
export type Allowances = Record<string, string>

/**
 * How an object differs from Stripe's example: names that one of them alone has, and values of another type, however
 * deep. Where either is null or an empty list there is nothing to compare; what may be null, the SDK's types say.
 * `allowed` notes the names of what it lets pass in `used`.
 */
export function differences(
  example: unknown,
  ours: unknown,
  at: string,
  allowed: Allowances,
  used: Set<string>,
): string[] {
  if (example === null || ours === null) return []
  if (typeOf(example) !== typeOf(ours)) return [`${at} is ${typeOf(ours)} here and ${typeOf(example)} there`]
  if (Array.isArray(example)) {
    const [one] = example as unknown[]
    if (one === undefined) return []
    return (ours as unknown[]).flatMap((each) => differences(one, each, `${at}[]`, allowed, used))
  }
  if (typeof example !== 'object') return []
  const [there, here] = [example, ours as object] as Record<string, unknown>[]
  return [...new Set([...Object.keys(there ?? {}), ...Object.keys(here ?? {})])].flatMap((name) => {
    const place = `${at}.${name}`
    const isThere = there !== undefined && name in there
    const isHere = here !== undefined && name in here
    if (isThere && isHere) return differences(there[name], here[name], place, allowed, used)
    if (!(place in allowed)) return [`${place} is ${isHere ? 'here' : 'there'} alone`]
    used.add(place)
    return []
  })
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  return Number.isInteger(value) ? 'integer' : typeof value
}
