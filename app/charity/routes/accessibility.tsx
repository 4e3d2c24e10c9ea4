import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import { canonicalAddress } from '../canonical.server.ts'
import { theCharity } from '../charity.server.ts'
import { ContactDetails } from '../contact-details.tsx'
import { pageMeta } from '../page-meta.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? pageMeta({
        title: 'Accessibility',
        description:
          'What this site aims at so that everyone can use it, what has been tested, and how to tell us.',
        charity: data.charity.name,
        canonical: data.canonical,
      })
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  return { charity: await theCharity(context.reader), canonical: canonicalAddress('/accessibility') }
}

export default function Accessibility() {
  const { charity } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle lede="Everyone should be able to read what was found, and to act on it.">
        Accessibility
      </PageTitle>
      <Prose>
        <p>
          This site aims to meet the{' '}
          <a href="https://www.w3.org/TR/WCAG22/" rel="external">
            Web Content Accessibility Guidelines 2.2
          </a>{' '}
          at level AA. You should be able to:
        </p>
        <ul>
          <li>read and reach everything with a keyboard alone, and always see where you are;</li>
          <li>read it with a screen reader, by headings, landmarks and links;</li>
          <li>
            make the text as large as you like, on a screen as narrow as 320 pixels, without scrolling
            sideways;
          </li>
          <li>read it in light or dark colours, as your device prefers, and on paper;</li>
          <li>do all of this without scripts;</li>
          <li>
            choose whether to open what is hard to read: such a finding is folded behind a plain warning.
          </li>
        </ul>
      </Prose>
      <Section title="What has been tested">
        <Prose>
          <p>
            Every page is checked automatically whenever the software changes, with the axe tests for levels A
            and AA, at the widths of a phone and of a desk, in light and dark colours. The contrast of the
            charity’s colours is measured when they are set: one that is too faint is refused.
          </p>
          <p>
            Automatic checks find only some of the barriers that people meet. The site has not yet been tested
            by people who use assistive technology every day.
          </p>
        </Prose>
      </Section>
      <Section title="What is not accessible">
        <Prose>
          <p>
            Sources lead to pages and documents of others, which may be less accessible than this site. The
            text here is in English only.
          </p>
        </Prose>
      </Section>
      <Section title="Tell us about a problem">
        <Prose>
          <p>
            If something is hard to read or to use, please say which page it was, what you wanted to do and
            what you read it with. If you need something from this site in another form, please ask.
          </p>
        </Prose>
        <div className="mt-6">
          <ContactDetails charity={charity} />
        </div>
      </Section>
    </>
  )
}
