import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { sayDay } from '#app/shared/dates.ts'
import { Breadcrumbs } from '#app/ui/breadcrumbs.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { feedLink } from '../feed-link.ts'
import { findUpdate } from '../updates.server.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) =>
  loaded
    ? [
        ...pageMeta({
          title: loaded.update.subject,
          description: loaded.update.preview,
          charity: loaded.charity.name,
          canonical: loaded.canonical,
        }),
        feedLink,
      ]
    : []

export async function loader({ context, params }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const update = await findUpdate(context.reader, params.slug ?? '')
  if (!update) throw data(null, { status: 404 })
  return { charity, update, canonical: canonicalAddress(`/updates/${update.slug}`) }
}

export default function UpdatePage() {
  const { update } = useLoaderData<typeof loader>()
  return (
    <article>
      <Breadcrumbs
        trail={[
          { label: 'Home', href: '/' },
          { label: 'Updates', href: '/updates' },
        ]}
      />
      <PageTitle kicker={<time dateTime={update.day}>{sayDay(update.day)}</time>}>{update.subject}</PageTitle>
      {/* Made from Markdown, which lets no HTML of the writer's through. */}
      <div className="prose" dangerouslySetInnerHTML={{ __html: update.html }} />
      <p className="mt-12 border-t border-rule pt-6 font-sans text-ui print:hidden">
        <a href="/updates">All updates, and how to get them by email</a>
      </p>
    </article>
  )
}
