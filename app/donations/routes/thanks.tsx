import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { theCharity } from '#app/charity/charity.server.ts'
import { privatePageHeaders, privatePageMeta } from '#app/charity/page-meta.ts'
import { findGiftPage } from '../gift-pages.server.ts'
import { GiftTold } from '../parts/gift-told.tsx'
import { UnknownGift } from '../parts/unknown-gift.tsx'

/** The seconds after which the page looks again, while it waits: a minute and a half in all. */
const PAUSES = [2, 3, 5, 8, 13, 21, 34]

export const headers: HeadersFunction = ({ loaderHeaders }) => {
  const refresh = loaderHeaders.get('refresh')
  return { ...privatePageHeaders, ...(refresh ? { refresh } : {}) }
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? privatePageMeta('Your gift', data.charity) : []

/** Says what is known of a gift. Nothing is changed, and nothing believed, because somebody has come back to this page. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { name: charity } = await theCharity(context.reader)
  const query = new URL(request.url).searchParams
  const token = query.get('gift') ?? ''
  const gift = await findGiftPage(context.reader, token)
  if (!gift) return data({ charity, token, gift: null, waits: false }, { status: 404 })
  const looked = Number(query.get('looked')) || 0
  const pause = gift.state === 'started' ? PAUSES[looked] : undefined
  const again = `/donate/thanks?gift=${token}&looked=${looked + 1}`
  const headers: HeadersInit = pause === undefined ? {} : { refresh: `${pause};url=${again}` }
  return data({ charity, token, gift, waits: pause !== undefined }, { headers })
}

export default function Thanks() {
  const { charity, token, gift, waits } = useLoaderData<typeof loader>()
  return gift ? <GiftTold gift={gift} token={token} charity={charity} waits={waits} /> : <UnknownGift />
}
