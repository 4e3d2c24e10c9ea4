import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { findCharity } from '#app/charity/charity.server.ts'
import { env } from '#app/platform/env.server.ts'
import type { Mode } from '#app/platform/environment.ts'
import { documentTitle } from './ui/document-title.ts'
import { ErrorPage, errorWords } from './ui/error-page.tsx'
import { useNonce } from './ui/nonce.tsx'
import type { PageHandle } from './ui/page-handle.ts'
import { useRequestId } from './ui/request-id.tsx'
import { SiteFooter } from './ui/site-footer.tsx'
import { SiteHeader } from './ui/site-header.tsx'

import styles from './styles.css?url'

export const links = () => [
  { rel: 'stylesheet', href: styles },
  // After our own tokens: the charity's accent.
  { rel: 'stylesheet', href: '/theme.css' },
  { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' },
]

export const meta: MetaFunction<typeof loader> = ({ data, error }) => [
  { title: documentTitle([error ? errorWords(statusOf(error)).title : undefined, data?.charity?.name]) },
]

/** What stands on every page: whose site it is, and whether it is a test. */
export async function loader({ context }: LoaderFunctionArgs) {
  const charity = await findCharity(context.reader)
  return {
    charity: charity && {
      name: charity.name,
      legalName: charity.legalName,
      strapline: charity.strapline,
      legalLines: charity.legalLines,
    },
    mode: env.mode,
    // A sandbox's processes that are started one by one have none.
    hasMailbox: env.mode === 'sandbox' && env.resend !== undefined,
  }
}

/** Only what the site does is pretended: what it tells people happened is not, and must not be called unreal. */
function testNotice({ mode, hasMailbox }: { mode: Mode; hasMailbox: boolean }): ReactNode {
  switch (mode) {
    case 'sandbox':
      return hasMailbox ? (
        <>
          No money moves here, and mail goes no further than <a href="/sandbox/mail">the sandbox’s mailbox</a>
          .
        </>
      ) : (
        'No money moves here, and no message leaves this computer.'
      )
    case 'test':
      return 'No money moves here.'
    case 'live':
      return undefined
  }
}

/** The page around every page, error pages too: it stands when its own data could not be read. */
export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const { pathname } = useLocation()
  const house = useRouteLoaderData<typeof loader>('root')
  const failed = Boolean(useRouteError())
  const hydrates = useMatches().some((match) => (match.handle as PageHandle | undefined)?.hydrate) && !failed
  return (
    <html lang="en-GB">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <a href="#main" className="skip-link">
          Skip to main content
        </a>
        <SiteHeader
          name={house?.charity?.name}
          strapline={house?.charity?.strapline}
          path={pathname}
          testNotice={house && testNotice(house)}
        />
        <main id="main" tabIndex={-1} className="container-page w-full grow">
          {children}
        </main>
        <SiteFooter legalName={house?.charity?.legalName} legalLines={house?.charity?.legalLines ?? []} />
        {hydrates ? (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        ) : null}
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export function ErrorBoundary() {
  return <ErrorPage status={statusOf(useRouteError())} requestId={useRequestId()} />
}

/** The status that a route answered with; anything else that was thrown is a fault of ours. */
function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500
}
