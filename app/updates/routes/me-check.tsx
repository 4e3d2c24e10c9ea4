import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { theCharity } from '#app/charity/charity.server.ts'
import { privatePageMeta } from '#app/charity/page-meta.ts'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Prose } from '#app/ui/prose.tsx'
import { IfNoMessageComes } from '../parts/if-no-message-comes.tsx'
import { PRIVATE_LINK_HOURS } from '../subscription.ts'

export const handle = { reading: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? privatePageMeta('Check your email', data.charity) : []

export async function loader({ context }: LoaderFunctionArgs) {
  return { charity: (await theCharity(context.reader)).name }
}

/** The same for everyone who asked, whether we know the address or not. */
export default function MeCheck() {
  return (
    <>
      <PageTitle lede="If we know the address that you entered, a private link is on its way to it.">
        Check your email
      </PageTitle>
      <Prose>
        <p>
          The link works for {PRIVATE_LINK_HOURS} hours. Keep it to yourself: whoever has it can change what
          you get.
        </p>
        <IfNoMessageComes>
          <li>
            You may have given us another address, or this one may have had a slip in it:{' '}
            <a href="/me">enter it again</a>.
          </li>
        </IfNoMessageComes>
      </Prose>
    </>
  )
}
