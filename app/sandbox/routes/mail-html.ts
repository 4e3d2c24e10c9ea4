import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { framedHeaders } from '#app/platform/security-headers.server.ts'
import { openLinksBeside } from '../framed-mail.ts'
import { requireMail } from '../mailbox.server.ts'

/** A mail's HTML alone, for the frame on its page. */
export async function loader({ params }: LoaderFunctionArgs) {
  const { html } = await requireMail(params['id'])
  if (html === null) throw data(null, { status: 404 })
  return new Response(openLinksBeside(html), {
    headers: { ...framedHeaders, 'content-type': 'text/html; charset=utf-8' },
  })
}
