import type { ActionFunctionArgs } from '@remix-run/node'
import { readNews } from '#app/platform/post-news.server.ts'
import { keepNews } from '../news.server.ts'

/** Whoever opens the address in a browser, to see whether it is right, is told so. */
export function loader() {
  return new Response(
    'This address takes news from Resend, which sends it by POST. There is nothing to read here.\n',
    {
      status: 405,
      headers: { allow: 'POST' },
    },
  )
}

/** POST /webhooks/resend: kept, answered, and only then worked on. */
export async function action({ request }: ActionFunctionArgs) {
  const result = readNews(await request.text(), request.headers)
  switch (result.outcome) {
    case 'genuine':
      await keepNews(result.news)
      return new Response('kept\n')
    case 'unreadable':
      return new Response('signed, but not an event as documented\n', { status: 422 })
    case 'forged':
      return new Response('the signature does not fit the body, or is older than five minutes\n', {
        status: 400,
      })
  }
}
