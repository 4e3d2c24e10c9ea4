import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { theCharity } from '#app/charity/charity.server.ts'
import { privatePageMeta } from '#app/charity/page-meta.ts'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { IfNoMessageComes } from '../parts/if-no-message-comes.tsx'
import { CONFIRM_WITHIN_HOURS } from '../subscription.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? privatePageMeta('Check your email', data.charity) : []

export async function loader({ context }: LoaderFunctionArgs) {
  return { charity: (await theCharity(context.reader)).name }
}

/** The same for everyone who asked, whether the address is new, known, or one that nothing is sent to. */
export default function UpdatesCheck() {
  return (
    <>
      <PageTitle lede="We send a message to the address that you entered. Open the link in it to confirm.">
        Check your email
      </PageTitle>
      <Prose>
        <p>
          The link works for {CONFIRM_WITHIN_HOURS} hours. If you get updates already, the message says so,
          and there is nothing to confirm.
        </p>
        <IfNoMessageComes>
          <li>
            The address may have had a slip in it: <a href="/updates">enter it again</a>.
          </li>
        </IfNoMessageComes>
      </Prose>
    </>
  )
}
