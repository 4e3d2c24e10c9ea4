import type { ApiRequest, Done } from './answer.ts'
import { getBalanceTransaction, listBalanceTransactions } from './balance.ts'
import { getCharge, listCharges } from './charges.ts'
import { createCustomer, getCustomer, listCustomers } from './customers.ts'
import { getDispute, listDisputes } from './disputes.ts'
import { getEvent, listEvents } from './events.ts'
import { cancelIntent, getIntent, listIntents } from './intents.ts'
import { listLineItems } from './line-items.ts'
import { createRefund, getRefund, listRefunds } from './refunds.ts'
import { createSession, expireSession, getSession, listSessions } from './sessions.ts'
import type { StandIn } from './stand-in.ts'

/** A place of the API: its method, its path, and what it does, at once and wholly or not at all. */
export type Route = {
  name: string
  method: string
  pattern: RegExp
  handle: (standIn: StandIn, request: ApiRequest) => Done
}

const route = (name: string, handle: Route['handle']): Route => {
  const [method = '', path = ''] = name.split(' ')
  return { name, method, pattern: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`), handle }
}

/** docs.stripe.com/api: what the product needs of it. */
const routes: Route[] = [
  route('POST /v1/customers', createCustomer),
  route('GET /v1/customers', listCustomers),
  route('GET /v1/customers/:id', getCustomer),
  route('POST /v1/checkout/sessions', createSession),
  route('GET /v1/checkout/sessions', listSessions),
  route('GET /v1/checkout/sessions/:id', getSession),
  route('GET /v1/checkout/sessions/:id/line_items', listLineItems),
  route('POST /v1/checkout/sessions/:id/expire', expireSession),
  route('GET /v1/payment_intents', listIntents),
  route('GET /v1/payment_intents/:id', getIntent),
  route('POST /v1/payment_intents/:id/cancel', cancelIntent),
  route('GET /v1/charges', listCharges),
  route('GET /v1/charges/:id', getCharge),
  route('GET /v1/balance_transactions', listBalanceTransactions),
  route('GET /v1/balance_transactions/:id', getBalanceTransaction),
  route('POST /v1/refunds', createRefund),
  route('GET /v1/refunds', listRefunds),
  route('GET /v1/refunds/:id', getRefund),
  route('GET /v1/disputes', listDisputes),
  route('GET /v1/disputes/:id', getDispute),
  route('GET /v1/events', listEvents),
  route('GET /v1/events/:id', getEvent),
]

/** The place that a request means, with the open part of its path. */
export function findRoute(method: string, path: string): { route: Route; ref: string } | undefined {
  const route = routes.find((each) => each.method === method && each.pattern.test(path))
  return route && { route, ref: decodeURIComponent(route.pattern.exec(path)?.[1] ?? '') }
}
