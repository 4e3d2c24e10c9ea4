import { sayWhole, type Charity } from '#app/charity/charity.ts'

/** What somebody should know before they give, in view of the form. */
export function GoodToKnow({ charity }: { charity: Pick<Charity, 'name' | 'legalName' | 'legalLines'> }) {
  return (
    <aside aria-labelledby="good-to-know" className="max-w-measure border border-edge bg-sheet p-5 sm:px-6">
      <h2 id="good-to-know" className="text-h3">
        Good to know
      </h2>
      <dl className="mt-4 space-y-4 text-ui">
        <div>
          <dt className="font-sans font-semibold">Who receives it</dt>
          <dd>
            {sayWhole(charity)}.{' '}
            {charity.legalLines.map((line) => (
              <span key={line}>{line}. </span>
            ))}
          </dd>
        </div>
        <div>
          <dt className="font-sans font-semibold">How it is paid</dt>
          <dd>
            On a page of Stripe, a payment company. Your card’s details are typed there, and this site never
            sees them. Stripe keeps a fee of each payment. You see the amount, and what it is for, once more
            before that.
          </dd>
        </div>
        <div>
          <dt className="font-sans font-semibold">Once</dt>
          <dd>Nothing is taken again later, and you get no updates unless you ask for them.</dd>
        </div>
        <div>
          <dt className="font-sans font-semibold">Without a card, or without script</dt>
          <dd>
            Stripe’s page needs script in your browser. A bank transfer does not: choose it in the second
            step, and you get a reference to send with it.
          </dd>
        </div>
        <div>
          <dt className="font-sans font-semibold">What is stored</dt>
          <dd>
            The <a href="/privacy#gifts">privacy page</a> says it, and for how long.
          </dd>
        </div>
      </dl>
    </aside>
  )
}
