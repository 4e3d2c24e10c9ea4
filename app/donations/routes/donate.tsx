import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { listPartners } from '#app/partners/partners.server.ts'
import { GiftChooser } from '#app/ui/gift-chooser.tsx'
import { Card, LinkList } from '#app/ui/link-list.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Pair } from '#app/ui/pair.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { Tag } from '#app/ui/tag.tsx'
import { giftChoices, untouched } from '../choices.server.ts'
import { GoodToKnow } from '../parts/good-to-know.tsx'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: 'Donate',
        description: `Give to ${data.charity.name}: for the work of one of its partners, or for where it is most needed.`,
        charity: data.charity.name,
        canonical: data.canonical,
      })
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const partners = await listPartners(context.reader)
  const choices = await giftChoices(context.reader)
  return { charity, partners, choices, chosen: untouched(), canonical: canonicalAddress('/donate') }
}

export default function Donate() {
  const { charity, partners, choices, chosen } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle kicker="Step 1 of 2" lede={charity.appealLine}>
        Give to {charity.name}
      </PageTitle>
      <Pair>
        <GiftChooser choices={choices} chosen={chosen} />
        <GoodToKnow charity={charity} />
      </Pair>
      <Section title="Whose work it can be for">
        <Prose>
          <p>{charity.about}</p>
          <p>
            A gift for where it is most needed is not tied to one of them. A gift for a partner’s work is kept
            apart for it.
          </p>
        </Prose>
        <div className="mt-6">
          <LinkList>
            {partners.map(({ slug, name, country, summary, isSample }) => (
              <Card
                key={slug}
                href={`/partners/${slug}`}
                title={name}
                kicker={
                  <>
                    {country} {isSample ? <Tag>Sample</Tag> : null}
                  </>
                }
              >
                {summary}
              </Card>
            ))}
          </LinkList>
        </div>
      </Section>
    </>
  )
}
