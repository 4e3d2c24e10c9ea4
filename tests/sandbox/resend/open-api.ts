import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '#tests/support/settings.ts'

/** Resend's own description of its API (github.com/resend/resend-openapi). It lies beside the repository, not in it. */
const file = process.env['RESEND_OPENAPI'] ?? path.join(projectRoot, '../shared/data/api/resend-openapi.json')

type Schema = {
  [keyword: string]: unknown
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  oneOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  required?: string[]
  nullable?: boolean
  minItems?: number
  maxItems?: number
}
type Operation = {
  requestBody?: { content?: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}
type Document = {
  paths: Record<string, Record<string, Operation>>
  webhooks: Record<string, { post: Operation }>
  components: { schemas: Record<string, Schema> }
}

/** The document, or why there is nothing to check against. */
export const openApi: { outcome: 'read'; document: Document } | { outcome: 'absent'; why: string } =
  existsSync(file)
    ? { outcome: 'read', document: JSON.parse(readFileSync(file, 'utf8')) as Document }
    : {
        outcome: 'absent',
        why: 'Resend’s OpenAPI file is not here: RESEND_OPENAPI says where it lies',
      }

const json = (body: { content?: Record<string, { schema: Schema }> } | undefined) =>
  body?.content?.['application/json']?.schema

/** What is wrong with the body of a request to `POST /emails` and its like; empty if nothing is. */
export function requestBreaches(document: Document, route: string, body: unknown): string[] {
  const schema = json(operation(document, route).requestBody)
  return schema ? breaches(document, schema, body, 'request') : [`${route} takes no body`]
}

/** What is wrong with a successful answer of a route. */
export function responseBreaches(document: Document, route: string, status: number, body: unknown): string[] {
  const schema = json(operation(document, route).responses[String(status)])
  return schema ? breaches(document, schema, body, 'answer') : [`${route} never answers ${status}`]
}

/** What is wrong with the body of a webhook. */
export function eventBreaches(document: Document, event: { type: string }): string[] {
  const schema = json(document.webhooks[event.type]?.post.requestBody)
  return schema ? breaches(document, schema, event, event.type) : [`there is no event ${event.type}`]
}

function operation(document: Document, route: string): Operation {
  const [method = '', path = ''] = route.split(' ')
  const found = document.paths[path]?.[method.toLowerCase()]
  if (!found) throw new Error(`The OpenAPI file has no ${route}`)
  return found
}

const KNOWN = new Set(
  (
    '$ref type required properties items enum const oneOf allOf nullable minItems maxItems format ' +
    'additionalProperties description example examples default minimum maximum'
  ).split(' '),
)

/** As much of JSON Schema as the file uses; a keyword that it starts to use is an error here, not silence. */
function breaches(document: Document, schema: Schema, value: unknown, at: string): string[] {
  const unknown = Object.keys(schema).filter((keyword) => !KNOWN.has(keyword))
  if (unknown.length > 0) throw new Error(`This check does not know ${unknown.join(', ')} (at ${at})`)
  const inner = (part: Schema, of: unknown, where: string) => breaches(document, part, of, where)

  if (schema.$ref) {
    const name = schema.$ref.replace('#/components/schemas/', '')
    const target = document.components.schemas[name]
    return target ? inner(target, value, at) : [`${at}: no schema ${name}`]
  }
  if (value === null && schema.nullable === true) return []
  const found: string[] = []
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    return [`${at} is ${value === null ? 'null' : typeof value}, not ${types.join(' or ')}`]
  }
  if (schema.enum && !schema.enum.includes(value)) found.push(`${at} is ${String(value)}`)
  if ('const' in schema && schema.const !== value) found.push(`${at} is not ${String(schema.const)}`)
  if (schema.format && !isOfFormat(value, schema.format)) {
    found.push(`${at} is no ${schema.format}`)
  }
  for (const part of schema.allOf ?? []) found.push(...inner(part, value, at))
  if (schema.oneOf) {
    const fits = schema.oneOf.filter((part) => inner(part, value, at).length === 0)
    if (fits.length !== 1) found.push(`${at} is ${fits.length} of the things it could be one of`)
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) found.push(`${at} has too few items`)
    if (value.length > (schema.maxItems ?? Infinity)) found.push(`${at} has too many items`)
    for (const [index, item] of value.entries()) {
      if (schema.items) found.push(...inner(schema.items, item, `${at}[${index}]`))
    }
  } else if (typeof value === 'object' && value !== null) {
    const properties = schema.properties ?? {}
    for (const name of schema.required ?? []) {
      if (!(name in value)) found.push(`${at}.${name} is missing`)
    }
    for (const [name, part] of Object.entries(value)) {
      const own = properties[name] ?? schema.additionalProperties
      if (typeof own === 'object') found.push(...inner(own, part, `${at}.${name}`))
    }
  }
  return found
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function isOfFormat(value: unknown, format: string): boolean {
  switch (format) {
    case 'date-time':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)
    case 'uuid':
      return typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value)
    case 'binary':
      return typeof value === 'string'
    default:
      throw new Error(`This check does not know the format ${format}`)
  }
}
