import type { LoaderFunctionArgs } from '@remix-run/node'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { theCharity } from '../charity.server.ts'
import { themeCss } from '../charity.ts'

// Kept and purged like a reading page: the colours are content.
export const handle = { reading: true } satisfies PageHandle

export async function loader({ context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  return new Response(themeCss(charity), { headers: { 'content-type': 'text/css; charset=utf-8' } })
}
