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
        title: 'Privacy',
        description:
          'What this site stores about a visit, if you ask for updates and if you give; and what it does not: no cookies.',
        charity: data.charity.name,
        canonical: data.canonical,
      })
    : []

export async function loader({ context }: LoaderFunctionArgs) {
  return { charity: await theCharity(context.reader), canonical: canonicalAddress('/privacy') }
}

// This page describes what the software does today. Whoever changes that changes this page with it.
export default function Privacy() {
  const { charity } = useLoaderData<typeof loader>()
  return (
    <>
      <PageTitle lede="You can read everything here without telling us who you are.">Privacy</PageTitle>
      <Prose>
        <p>
          {sayWhole(charity)} decides what this site does with information about people: in the words of the
          law, it is the controller.
        </p>
      </Prose>
      <Section title="What is not done">
        <Prose>
          <ul>
            <li>
              No cookie is set on any page, and nothing is stored in your browser but copies of the pages.
            </li>
            <li>No script runs on the pages, and nothing counts or follows you.</li>
            <li>
              No other company is asked for anything while you read: type, pictures and styles all come from
              this site.
            </li>
            <li>
              When you follow a link to another site, your browser is told not to say which page you came
              from. What that site then does is its own affair.
            </li>
            <li>
              Reading asks for nothing about you. Updates take an email address; a gift takes a name too.
            </li>
          </ul>
        </Prose>
      </Section>
      <Section title="What is kept">
        <Prose>
          <p>For each request, one line of a log. It says:</p>
          <ul>
            <li>when it came, and how long the answer took;</li>
            <li>which kind of page it asked for, never the whole address and never what follows a “?”;</li>
            <li>whether it was answered, and</li>
            <li>
              a number made for this one request, which an error page shows you, so that you can tell us what
              went wrong.
            </li>
          </ul>
          <p>
            The line holds neither your name nor the address of your computer. It serves to keep the site
            running and safe. Those who run the servers that carry this site see, as with every website, the
            address of your computer while it is connected.
          </p>
        </Prose>
      </Section>
      <Section title="If you ask for updates" id="updates">
        <Prose>
          <p>We keep, because you agreed to it:</p>
          <ul>
            <li>your email address;</li>
            <li>the words that you agreed to, on which page and when, and when you confirmed;</li>
            <li>whether you stopped updates, when and how;</li>
            <li>which messages were sent to you, and whether they arrived. Not whether you opened them.</li>
          </ul>
          <p>
            A request that you do not confirm is forgotten after 72 hours, and your address with it. You can
            see what you agreed to, and stop updates, on <a href="/me">your own page</a>. You can also stop
            them with the link in every update.
          </p>
          <p>
            When you stop, we keep your address with the record of what you agreed to and when you stopped, so
            that it can be shown, and nobody writes to you again by mistake.
          </p>
          <p>
            When each message went and what became of it is kept under a code made from your address, from
            which the address cannot be read. By the same code we remember an address from which a message
            came back or was reported as unwanted, and do not write to it again.
          </p>
          <p>
            The messages are sent for us by Resend, a company in the United States, which handles addresses
            and messages for that alone. To stop misuse we count how often a network, or for an address, mail
            is asked for, by codes from which neither can be read. The counts are gone within two days.
          </p>
        </Prose>
      </Section>
      <Section title="If you give" id="gifts">
        <Prose>
          <p>We keep, because without it no gift can be taken, thanked for or accounted for:</p>
          <ul>
            <li>the amount, what it is for, when it was made, and its reference;</li>
            <li>your name, your email address, and your message if you wrote one;</li>
            <li>whether you asked for updates beside it, and in which words;</li>
            <li>what became of the payment: on its way, received, declined or returned, and its fee.</li>
          </ul>
          <p>
            The law asks a charity to keep its accounts, and with them the gifts that we received, for six
            years at least. Nothing of them is deleted by itself after that. Of a gift that was not made, your
            name, address and message are forgotten three days after its end; of a bank transfer that does not
            come, after 63 days.
          </p>
          <p>
            Your receipt, and whatever else we write to you about your gift, is sent for us by Resend, a
            company in the United States, which handles addresses and messages for that alone.
          </p>
          <p>
            The payment itself is made on pages of Stripe, a payment company, which tells us what became of
            it. Your card’s details are typed there and never reach us. Stripe learns your email address and
            the gift from us, sets cookies of its own on its pages, and says in{' '}
            <a href="https://stripe.com/privacy" rel="external">
              its own privacy policy
            </a>{' '}
            what it does with them.
          </p>
          <p>
            The address of your gift’s own pages holds a long random code. Whoever has it sees the amount,
            what it is for and what became of it; until the gift is made, also what you typed. It is kept in
            no log and told to no other site but Stripe, which sends you back by it.
          </p>
          <p>
            To stop the misuse of stolen cards we count how often payment pages are asked for from a network,
            and for an address, by codes from which neither can be read. The counts are gone within two hours.
          </p>
        </Prose>
      </Section>
      <Section title="Your rights">
        <Prose>
          <p>
            You may ask {charity.name} what it holds about you, have it corrected or erased, or object to its
            use. If you think that something is wrong with it, you may also complain to the authority for data
            protection of your country.
          </p>
        </Prose>
      </Section>
      <Section title={`Reach ${charity.name}`}>
        <ContactDetails charity={charity} />
      </Section>
    </>
  )
}
