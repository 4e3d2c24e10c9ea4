import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { canonicalAddress } from '../canonical.server.ts'
import { theCharity } from '../charity.server.ts'
import { sayWhole } from '../charity.ts'
import { ContactDetails } from '../contact-details.tsx'
import { pageMeta } from '../page-meta.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: 'Contact',
        description: `How to reach ${sayWhole(data.charity)}, which publishes this site.`,
        charity: data.charity.name,
        canonical: data.canonical,
      })
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  return { charity: await theCharity(context.reader), canonical: canonicalAddress('/contact') }
}

export default function Contact() {
  const { charity } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle lede={`This site is published by ${sayWhole(charity)}.`}>Contact</PageTitle>
      <Prose text={charity.about} />
      <Section title={`Reach ${charity.name}`}>
        <ContactDetails charity={charity} />
      </Section>
      <Section title="Registration">
        <Prose>
          <p>{charity.legalName}</p>
          <ul>
            {charity.legalLines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Prose>
      </Section>
      <Section title="Something wrong on this site">
        <Prose>
          <p>
            If a statement here does not match its source, or a source is missing or has moved, please tell us
            which page and which claim: every claim has its own address.
          </p>
          <p>
            If a page is hard to use, the <a href="/accessibility">accessibility page</a> says what to tell
            us. What this site stores is on the <a href="/privacy">privacy page</a>.
          </p>
        </Prose>
      </Section>
    </>
  )
}
