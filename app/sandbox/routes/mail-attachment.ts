import { data, type LoaderFunctionArgs } from '@remix-run/node'
import { framedHeaders } from '#app/platform/security-headers.server.ts'
import { requireMail } from '../mailbox.server.ts'

/** One attachment of a mail, to be kept and not shown: what it is, nobody has looked at. */
export async function loader({ params }: LoaderFunctionArgs) {
  const { attachments } = await requireMail(params['id'])
  const { content = null, filename, contentType } = attachments[Number(params['number']) - 1] ?? {}
  if (content === null) throw data(null, { status: 404 })
  const isType = contentType && /^[\w.+-]+\/[\w.+-]+$/.test(contentType)
  return new Response(new Uint8Array(Buffer.from(content, 'base64')), {
    headers: {
      ...framedHeaders,
      'x-frame-options': 'DENY',
      'content-type': isType ? contentType : 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${extendedValue(filename ?? 'attachment')}`,
    },
  })
}

/** RFC 8187, 3.2.1: `encodeURIComponent` leaves a few signs that a parameter may not hold, and half a character fits in none. */
function extendedValue(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  )
}
