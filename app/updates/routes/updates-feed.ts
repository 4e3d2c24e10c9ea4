import type { LoaderFunctionArgs } from '@remix-run/node'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { FEED_TYPE } from '../feed-link.ts'
import { updatesFeed } from '../feed.server.ts'

// Kept and purged like a reading page: feed readers ask every hour, and news comes every month.
export const handle = { reading: true } satisfies PageHandle

export async function loader({ context }: LoaderFunctionArgs) {
  return new Response(await updatesFeed(context.reader), {
    headers: { 'content-type': `${FEED_TYPE}; charset=utf-8` },
  })
}
