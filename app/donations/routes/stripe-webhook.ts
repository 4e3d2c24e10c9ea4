import type { ActionFunctionArgs } from '@remix-run/node'
import { inTransaction } from '#app/platform/db.server.ts'
import { readPaymentNews } from '#app/platform/payments-news.server.ts'
import { keepNews } from '../inbox.server.ts'

/** Whoever opens the address in a browser, to see whether it is right, is told so. */
export function loader() {
  return new Response(
    'This address takes news from Stripe, which sends it by POST. There is nothing to read here.\n',
    {
      status: 405,
      headers: { allow: 'POST' },
    },
  )
}

/** POST /webhooks/stripe: kept, answered, and only then worked on. */
export async function action({ request }: ActionFunctionArgs) {
  const body = Buffer.from(await request.arrayBuffer())
  const result = readPaymentNews(body, request.headers.get('stripe-signature') ?? '')
  switch (result.outcome) {
    case 'genuine':
      await inTransaction((tx) => keepNews(tx, result.news, 'webhook'))
      return new Response('kept\n')
    case 'unreadable':
      return new Response('signed, but not an event as documented\n', { status: 422 })
    case 'other-mode':
      return new Response(
        result.livemode
          ? 'this is news of real money, and this installation takes none: send it to the live one\n'
          : 'this is news of test mode, and this installation takes real money: send it to a test one\n',
        { status: 403 },
      )
    case 'forged':
      return new Response('the signature does not fit the body, or is older than five minutes\n', {
        status: 400,
      })
  }
}
