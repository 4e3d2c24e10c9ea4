import { data, redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { theCharity } from '#app/charity/charity.server.ts'
import { privatePageHeaders, privatePageMeta } from '#app/charity/page-meta.ts'
import { findGiftPage } from '../gift-pages.server.ts'
import { HowToTransfer } from '../parts/how-to-transfer.tsx'
import { UnknownGift } from '../parts/unknown-gift.tsx'

export const headers = () => privatePageHeaders

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? privatePageMeta('Your bank transfer', data.charity.name) : []

/** Where to send a gift that was promised. Every other gift has another page. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { name, contactEmail, bankDetails } = await theCharity(context.reader)
  const charity = { name, contactEmail, bankDetails }
  const token = new URL(request.url).searchParams.get('gift') ?? ''
  const gift = await findGiftPage(context.reader, token)
  if (!gift) return data({ charity, token, gift }, { status: 404 })
  if (gift.state !== 'promised') throw redirect(`/donate/thanks?gift=${token}`, 303)
  return data({ charity, token, gift })
}

export default function Bank() {
  const { charity, token, gift } = useLoaderData<typeof loader>()
  return gift ? <HowToTransfer charity={charity} gift={gift} token={token} /> : <UnknownGift />
}
