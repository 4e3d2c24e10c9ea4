import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { canonicalAddress } from '#app/charity/canonical.server.ts'
import { theCharity } from '#app/charity/charity.server.ts'
import { pageMeta } from '#app/charity/page-meta.ts'
import { giftChoices, untouched } from '#app/donations/choices.server.ts'
import { Breadcrumbs } from '#app/ui/breadcrumbs.tsx'
import { FigureNumber } from '#app/ui/figure-number.tsx'
import { GiftChooser } from '#app/ui/gift-chooser.tsx'
import { Notice } from '#app/ui/notice.tsx'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { SourceNote } from '#app/ui/source-note.tsx'
import { factsOf, sourcesOfPartner, type PartnerFact } from '../partner.ts'
import { findPartner } from '../partners.server.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) =>
  loaded
    ? pageMeta({
        title: loaded.partner.name,
        description: loaded.partner.summary,
        charity: loaded.charity.name,
        canonical: loaded.canonical,
      })
    : []

export async function loader({ context, params }: LoaderFunctionArgs) {
  const charity = await theCharity(context.reader)
  const partner = await findPartner(context.reader, params.slug ?? '')
  if (!partner) throw data(null, { status: 404 })
  const choices = await giftChoices(context.reader)
  const canonical = canonicalAddress(`/partners/${partner.slug}`)
  return { charity, partner, choices, chosen: untouched(partner.slug), canonical }
}

export default function PartnerPage() {
  const { charity, partner, choices, chosen } = useLoaderData<typeof loader>()
  return (
    <>
      <Breadcrumbs
        trail={[
          { label: 'Home', href: '/' },
          { label: 'Partners', href: '/partners' },
        ]}
      />
      <PageTitle kicker={partner.place} lede={partner.summary}>
        {partner.name}
      </PageTitle>
      {partner.isSample ? (
        <Notice kind="test" title="Sample">
          This record was made up for trying the site out. It is no real partner.
        </Notice>
      ) : null}
      <Services facts={factsOf(partner, 'service')} />
      <History facts={factsOf(partner, 'history')} />
      <Figures facts={factsOf(partner, 'figure')} />
      <Support
        facts={factsOf(partner, 'support')}
        title={`How ${charity.name} helps`}
        appealLine={charity.appealLine}
      />
      <Section title="Give for this work" note={`The gift goes to ${charity.name}, for ${partner.name}.`}>
        <GiftChooser choices={choices} chosen={chosen} asksPurpose={false} />
      </Section>
    </>
  )
}

function Services({ facts }: { facts: PartnerFact[] }) {
  if (facts.length === 0) return null
  return (
    <Section title="What it offers">
      <Prose>
        <ul>
          {facts.map(({ statement }) => (
            <li key={statement}>{statement}</li>
          ))}
        </ul>
      </Prose>
      <SourceNote sources={sourcesOfPartner({ facts })} />
    </Section>
  )
}

function History({ facts }: { facts: PartnerFact[] }) {
  if (facts.length === 0) return null
  return (
    <Section title="Its story so far">
      <FactList facts={facts} />
    </Section>
  )
}

function Figures({ facts }: { facts: PartnerFact[] }) {
  if (facts.length === 0) return null
  const dates = [...new Set(facts.flatMap(({ informationDate }) => informationDate ?? []))]
  return (
    <Section title="In numbers" note={dates.length > 0 ? `Figures of ${dates.join(', ')}.` : undefined}>
      <div className="grid gap-8 sm:grid-cols-2">
        {facts.map(({ figure, statement }) => (
          <FigureNumber key={statement} size="small" figure={figure ?? ''} caption={statement} />
        ))}
      </div>
      <SourceNote sources={sourcesOfPartner({ facts })} />
    </Section>
  )
}

function Support({ facts, title, appealLine }: { facts: PartnerFact[]; title: string; appealLine: string }) {
  if (facts.length === 0) return null
  return (
    <Section title={title}>
      <FactList facts={facts} />
      <p className="mt-8 max-w-measure">{appealLine}</p>
    </Section>
  )
}

function FactList({ facts }: { facts: PartnerFact[] }) {
  return (
    <ul className="max-w-measure space-y-5">
      {facts.map(({ statement, sources }) => (
        <li key={statement}>
          <p>{statement}</p>
          <SourceNote sources={sources} />
        </li>
      ))}
    </ul>
  )
}
