import { z } from 'zod'
import { failure, type Failure } from './errors.ts'
import type { Param, Params } from './form.ts'

/** Text that may be left out. */
export const text = z.string().optional()
/** A whole number, as text. */
export const whole = z
  .string()
  .regex(/^-?\d+$/, 'Invalid integer')
  .transform(Number)
export const flag = z.enum(['true', 'false'], 'Invalid boolean').transform((written) => written === 'true')
export const email = z.email('Invalid email address')
export const webAddress = z.string().regex(/^https?:\/\//, 'Not a valid URL')

/** docs.stripe.com/api/metadata: 50 keys of 40 characters, values of 500. */
export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((pairs) => Object.keys(pairs).length <= 50, 'You can have up to 50 keys')

const period = z.union([
  whole.transform((at) => ({ gte: at, lte: at })),
  z.strictObject({ gt: whole, gte: whole, lt: whole, lte: whole }).partial(),
])
export type Period = z.infer<typeof period>

/** How a list is read page by page (docs.stripe.com/api/pagination). */
export const pageParams = { limit: whole.optional(), starting_after: text, ending_before: text }

/** What every list of objects takes: `created` is a time, or what bounds it, such as `created[gte]`. */
export const listParams = { ...pageParams, created: period.optional() }

export function within(period: Period | undefined, time: number): boolean {
  if (!period) return true
  const { gte = -Infinity, lte = Infinity } = period
  const { gt = -Infinity, lt = Infinity } = period as { gt?: number; lt?: number }
  return time >= gte && time <= lte && time > gt && time < lt
}

/**
 * Reads what a route takes; `expand` is everybody's and read elsewhere. What is wrong is said as Stripe says it, one
 * thing at a time (docs.stripe.com/error-codes).
 */
export function readParams<T>(
  schema: z.ZodType<T>,
  { expand: _expand, ...params }: Params,
): { outcome: 'read'; value: T } | { outcome: 'failed'; failure: Failure } {
  const empty = emptyName(params)
  if (empty !== undefined) return { outcome: 'failed', failure: isEmpty(empty) }
  const parsed = schema.safeParse(params)
  if (parsed.success) return { outcome: 'read', value: parsed.data }
  return { outcome: 'failed', failure: said(parsed.error.issues[0], params) }
}

/** The name of a parameter without content, such as `customer_email`; metadata may have none. */
function emptyName(params: Param, path: string[] = []): string | undefined {
  if (typeof params === 'string') return params === '' ? nameOf(path) : undefined
  for (const [name, value] of Object.entries(params)) {
    const found = name === 'metadata' ? undefined : emptyName(value, [...path, name])
    if (found !== undefined) return found
  }
  return undefined
}

/** docs.stripe.com/error-codes#parameter-invalid-empty */
function isEmpty(param: string): Failure {
  const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a field; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`
  return failure('invalid_parameter', { code: 'parameter_invalid_empty', message, param })
}

function said(issue: z.core.$ZodIssue | undefined, params: Params): Failure {
  if (!issue) return failure('invalid_parameter')
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => nameOf([...issue.path, key]))
    const message = `Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.join(', ')}`
    return failure('unknown_parameter', { message, param: names[0] ?? '' })
  }
  const param = nameOf(issue.path)
  let value: unknown = params
  for (const part of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[part]
  if (value === undefined) {
    return failure('missing_parameter', { message: `Missing required param: ${param}.`, param })
  }
  return failure('invalid_parameter', { param, ...wrong(issue, param, value) })
}

/**
 * docs.stripe.com/error-codes: what Stripe calls it, and its words for it where they are known, as from
 * github.com/stripe/stripe-php/issues/1119, github.com/stripe/stripe-ruby/issues/930 and
 * github.com/Sylius/PayumStripePlugin/issues/9.
 */
function wrong(issue: z.core.$ZodIssue, param: string, value: unknown): { code?: string; message: string } {
  const shown = typeof value === 'string' ? value : ''
  const known = wordsOf(shown)[issue.message]
  if (known) return known
  switch (issue.code) {
    case 'invalid_value':
      return { message: `Invalid ${param}: must be ${oneOf(issue.values.map(String))}` }
    case 'invalid_type':
      return { message: `Invalid ${issue.expected === 'record' ? 'object' : issue.expected}` }
    case 'too_big':
      return { message: `Invalid ${issue.origin}: must be at most ${issue.maximum} characters` }
    default:
      return { message: `${issue.message}: ${param}` }
  }
}

/** Stripe's words for what a field of ours says of itself. */
function wordsOf(value: string): Record<string, { code?: string; message: string }> {
  return {
    'Invalid integer': { code: 'parameter_invalid_integer', message: `Invalid integer: ${value}` },
    'Invalid boolean': { message: `Invalid boolean: ${value}` },
    'Invalid email address': { code: 'email_invalid', message: `Invalid email address: ${value}` },
    'Not a valid URL': { code: 'url_invalid', message: 'Not a valid URL' },
  }
}

/** one of payment, setup, or subscription */
function oneOf(values: string[]): string {
  if (values.length < 2) return values.join('')
  const others = values.slice(0, -1).join(', ')
  return `one of ${others}${values.length > 2 ? ',' : ''} or ${values.at(-1)}`
}

/** `line_items[0][quantity]` */
function nameOf([first, ...rest]: PropertyKey[]): string {
  return String(first ?? '') + rest.map((part) => `[${String(part)}]`).join('')
}
