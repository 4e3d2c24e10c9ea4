import { formatMoney } from '#app/shared/money.ts'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import type { GiftPage } from '../gift-pages.server.ts'
import { sayPurpose } from '../gift.ts'
import { GiftFacts } from './gift-facts.tsx'

type GiftToldProps = {
  gift: GiftPage
  token: string
  charity: string
  /** The page looks again by itself. */
  waits: boolean
}

/** What is known of a gift, to its donor. Others may see the page: it names nobody. */
export function GiftTold({ gift, token, charity, waits }: GiftToldProps) {
  const sum = formatMoney(gift.amount, { everyDecimal: true })
  switch (gift.state) {
    case 'started':
      return (
        <>
          <PageTitle lede="The payment service has sent you back, and we wait for its word that the payment was made.">
            We are confirming your gift
          </PageTitle>
          <Prose>
            {waits ? (
              <p>This usually takes a few seconds. The page looks again by itself.</p>
            ) : (
              <p>
                It takes longer than usual. You can close this page: once the payment is confirmed, a receipt
                goes to the email address that you gave.
              </p>
            )}
            <p>
              <a href={`/donate/thanks?gift=${token}`}>Look again now</a>
            </p>
            <p>
              If you did not pay, <a href={`/donate/give?gift=${token}`}>go back to your gift</a>.
            </p>
          </Prose>
          <GiftFacts gift={gift} />
        </>
      )
    case 'processing':
      return (
        <>
          <PageTitle lede={`${sum} ${sayPurpose(gift.purposeName)}.`}>
            Thank you: your gift is on its way
          </PageTitle>
          <Prose>
            <p>
              The way that you chose to pay takes some working days. Once the money has arrived, a receipt
              goes to the email address that you gave. If it does not arrive, we tell you that too.
            </p>
            <p>There is nothing left for you to do.</p>
          </Prose>
          <GiftFacts gift={gift} />
          <Onward />
        </>
      )
    case 'received':
      return (
        <>
          <PageTitle lede={`${charity} has received ${sum} ${sayPurpose(gift.purposeName)}.`}>
            Thank you for your gift
          </PageTitle>
          <WentBack gift={gift} />
          <Prose text="A receipt goes to the email address that you gave. If it is not there within an hour, look among unwanted mail." />
          <GiftFacts gift={gift} />
          <Onward />
        </>
      )
    case 'failed':
      return (
        <>
          <PageTitle lede="The bank did not carry out the payment, so nothing has reached us.">
            Your gift did not arrive
          </PageTitle>
          <TryAgain token={token} />
          <GiftFacts gift={gift} />
        </>
      )
    case 'expired':
      return (
        <>
          <PageTitle
            lede={
              gift.isDeclined
                ? 'Several payments were declined, and then the payment page closes: that is so for everybody. Nothing was taken.'
                : 'The time to pay it has run out, and no payment has reached us.'
            }
          >
            Your gift was not made
          </PageTitle>
          {gift.isDeclined ? (
            <Prose text="The bank does not tell us why it declined; it may tell you. You can try again with another card." />
          ) : null}
          <TryAgain token={token} />
          <GiftFacts gift={gift} />
        </>
      )
    case 'promised':
      return (
        <>
          <PageTitle lede={`You chose to send ${sum} from your bank. We wait for it to arrive.`}>
            Thank you for your promise
          </PageTitle>
          <Prose>
            <p>
              <a href={`/donate/bank?gift=${token}`}>Where to send it, and the reference to give</a>
            </p>
          </Prose>
          <GiftFacts gift={gift} />
        </>
      )
  }
}

/** What has gone back since, if anything has. */
function WentBack({ gift: { amount, goneBack } }: { gift: GiftPage }) {
  const { returnedMinor, disputedMinor } = goneBack
  const share = (amountMinor: number) =>
    amountMinor === amount.amountMinor
      ? 'All of it'
      : `${formatMoney({ ...amount, amountMinor }, { everyDecimal: true })} of it`
  return (
    <>
      {returnedMinor > 0 ? (
        <Notice title="Returned">
          {share(returnedMinor)} has since been returned to where it came from.
        </Notice>
      ) : null}
      {disputedMinor > 0 ? (
        <Notice title="Gone back">
          {share(disputedMinor)} has since gone back to the bank that it came from, which asked for it.
        </Notice>
      ) : null}
    </>
  )
}

function TryAgain({ token }: { token: string }) {
  return (
    <>
      <p className="mt-6">
        <Button href={`/donate/give?gift=${token}`}>Try again</Button>
      </p>
      <p className="mt-6 max-w-measure">
        You can also pay by bank transfer from there. If something seems wrong, <a href="/contact">tell us</a>
        .
      </p>
    </>
  )
}

function Onward() {
  return (
    <p className="mt-10 max-w-measure">
      Meanwhile you can <a href="/partners">meet the partners</a>, or <a href="/report">read the findings</a>.
    </p>
  )
}
