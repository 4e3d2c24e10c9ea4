import { formatMoney } from '#app/shared/money.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { Section } from '#app/ui/section.tsx'
import type { GiftPage } from '../gift-pages.server.ts'
import { PROMISE_DAYS, sayPurpose } from '../gift.ts'

type HowToTransferProps = {
  charity: { name: string; contactEmail: string | null; bankDetails: string[] }
  gift: GiftPage
  token: string
}

/** Where to send a promised gift, with which reference, and what happens then. */
export function HowToTransfer({ charity, gift, token }: HowToTransferProps) {
  const sum = formatMoney(gift.amount, { everyDecimal: true })
  return (
    <>
      <PageTitle
        lede={`${sum} ${sayPurpose(gift.purposeName)}. Nothing is paid until you send it from your bank.`}
      >
        Send your gift from your bank
      </PageTitle>
      <Section title="What to enter at your bank">
        {charity.bankDetails.length > 0 ? (
          <Account lines={charity.bankDetails} />
        ) : (
          <NoAccount charity={charity} />
        )}
        <dl className="mt-6 font-sans text-ui">
          <dt className="font-semibold">Amount</dt>
          <dd className="text-h3 tabular-nums">{sum}</dd>
          <dt className="mt-4 font-semibold">Reference</dt>
          <dd className="text-h3 tabular-nums">{gift.reference}</dd>
          <dd className="max-w-measure text-note text-soft">
            By the reference we know that the transfer is yours, and what it is for.
          </dd>
        </dl>
      </Section>
      <Section title="What happens next">
        <Prose>
          <ol>
            <li>You send the transfer, online, by telephone or at a branch of your bank.</li>
            <li>
              It arrives, usually within a few working days. A person finds it on the bank statement by its
              reference.
            </li>
            <li>A receipt for what arrived goes to the email address that you gave.</li>
          </ol>
          <p>
            If nothing arrives within {PROMISE_DAYS} days, we take it that you changed your mind, and forget
            your details.
          </p>
          <p>
            This way needs no script in your browser; Stripe’s payment page does. If you would rather pay
            there, <a href={`/donate/give?gift=${token}`}>go back to your gift</a>.
          </p>
        </Prose>
      </Section>
    </>
  )
}

function Account({ lines }: { lines: string[] }) {
  return (
    <ul role="list" className="max-w-measure border-s-4 border-accent ps-5 text-h3">
      {lines.map((line) => (
        <li key={line} className="py-1 tabular-nums">
          {line}
        </li>
      ))}
    </ul>
  )
}

function NoAccount({ charity: { name, contactEmail } }: Pick<HowToTransferProps, 'charity'>) {
  return (
    <Notice kind="warning" title="The account is not entered here yet">
      {contactEmail ? (
        <>
          Write to <a href={`mailto:${contactEmail}`}>{contactEmail}</a> and name the reference: {name} tells
          you where to send it.
        </>
      ) : (
        <>
          The <a href="/contact">contact page</a> says how to reach {name}. Name the reference, and ask where
          to send it.
        </>
      )}
    </Notice>
  )
}
