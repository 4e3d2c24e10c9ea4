import { z } from 'zod'
import { failure, type Failure } from './errors.ts'
import type { Params } from './form.ts'

/** A whole number, as text. */
export const whole = z
  .string()
  .regex(/^-?\d+$/, 'Invalid integer')
  .transform(Number)
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** docs.stripe.com/api/metadata: 50 keys of 40 characters, values of 500. */
export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((pairs) => Object.keys(pairs).length <= 50, 'You can have up to 50 keys')

const period = z.union([
  whole.transform((at) => ({ gte: at, lte: at })),
  z.strictObject({ gt: whole, gte: whole, lt: whole, lte: whole }).partial(),
])
export type Period = z.infer<typeof period>

/** What every list takes (docs.stripe.com/api/pagination). */
export const listParams = {
  limit: whole.optional(),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  created: period.optional(),
}

export function within(period: Period | undefined, time: number): boolean {
  if (!period) return true
  const { gte = -Infinity, lte = Infinity } = period
  const { gt = -Infinity, lt = Infinity } = period as { gt?: number; lt?: number }
  return time >= gte && time <= lte && time > gt && time < lt
}

/**
 * Reads what a route takes; `expand` is everybody's and read elsewhere. What is wrong is said as Stripe says it: an
 * unknown parameter, a missing one, or one that is not as it should be (docs.stripe.com/error-codes).
 */
export function readParams<T>(
  schema: z.ZodType<T>,
  { expand: _expand, ...params }: Params,
): { outcome: 'read'; value: T } | { outcome: 'failed'; failure: Failure } {
  const parsed = schema.safeParse(params)
  if (parsed.success) return { outcome: 'read', value: parsed.data }
  return { outcome: 'failed', failure: said(parsed.error.issues[0], params) }
}

function said(issue: z.core.$ZodIssue | undefined, params: Params): Failure {
  if (!issue) return failure('invalid_parameter')
  if (issue.code === 'unrecognized_keys') {
    const param = nameOf([...issue.path, issue.keys[0] ?? ''])
    return failure('unknown_parameter', { message: `Received unknown parameter: ${param}`, param })
  }
  const param = nameOf(issue.path)
  let value: unknown = params
  for (const part of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[part]
  return value === undefined
    ? failure('missing_parameter', { message: `Missing required param: ${param}.`, param })
    : failure('invalid_parameter', { message: `${issue.message}: ${param}`, param })
}

/** `line_items[0][quantity]` */
function nameOf([first, ...rest]: PropertyKey[]): string {
  return String(first ?? '') + rest.map((part) => `[${String(part)}]`).join('')
}
