import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { Card, LinkList } from '#app/ui/link-list.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Tag } from '#app/ui/tag.tsx'
import { listPartners } from '../partners.server.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: 'Partners',
        description: `The local partners of ${data.charity.name}: who they are, and what they do.`,
        charity: data.charity.name,
        canonical: data.canonical,
      })
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const partners = await listPartners(context.reader)
  return { charity, partners, canonical: canonicalAddress('/partners') }
}

export default function Partners() {
  const { charity, partners } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle lede={charity.appealLine}>Partners</PageTitle>
      {partners.length === 0 ? <Prose text="No partner is named here yet." /> : null}
      <LinkList>
        {partners.map((partner) => (
          <Card
            key={partner.slug}
            level={2}
            href={`/partners/${partner.slug}`}
            title={partner.name}
            kicker={
              <>
                {partner.country} {partner.isSample ? <Tag>Sample</Tag> : null}
              </>
            }
          >
            {partner.summary}
          </Card>
        ))}
      </LinkList>
      {partners.length > 0 ? (
        <p className="mt-10 max-w-measure">
          A gift can be for the work of one of them: <a href="/donate">donate</a>.
        </p>
      ) : null}
    </>
  )
}
