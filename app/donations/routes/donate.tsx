import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { sayWhole } from '#app/charity/charity.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { listPartners } from '#app/partners/partners.server.ts'
import { GiftChooser } from '#app/ui/gift-chooser.tsx'
import { Card, LinkList } from '#app/ui/link-list.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { Tag } from '#app/ui/tag.tsx'
import { giftChoices, untouched } from '../choices.server.ts'

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
      <PageTitle lede={charity.appealLine}>Give to {charity.name}</PageTitle>
      <GiftChooser choices={choices} chosen={chosen} />
      <Section title="How it works">
        <Prose>
          <ol>
            <li>You choose how much, and what for. You see both again before anything is paid.</li>
            <li>You give your name, and the email address for the receipt.</li>
            <li>
              You pay on a page of Stripe, a payment company. Your card’s details are typed there, and this
              site never sees them. Stripe keeps a fee of each payment.
            </li>
          </ol>
          <p>
            A gift is made once. Nothing is taken again later, and you get no updates unless you ask for them.
          </p>
          <p>
            Stripe’s page needs script in your browser. If you cannot use it, choose the bank transfer in the
            second step: you get a reference, and send the gift from your bank.
          </p>
          <p>
            The <a href="/privacy#gifts">privacy page</a> says what is stored of a gift.
          </p>
        </Prose>
      </Section>
      <Section title="Who gets it">
        <Prose>
          <p>
            {sayWhole(charity)} receives your gift. {charity.about}
          </p>
          <p>If you choose a partner, the gift is kept for that partner’s work. These can be chosen:</p>
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
