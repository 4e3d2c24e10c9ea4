import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { readForm } from '#app/platform/forms.server.ts'
import { documentTitle } from '#app/ui/document-title.ts'
import type { PageHandle } from '#app/ui/page-handle.ts'
import { PageTitle } from '#app/ui/page-title.tsx'
import { Breadcrumbs } from '#app/ui/breadcrumbs.tsx'
import { ExampleForm, readExampleForm } from '../example-form.tsx'
import { ExampleParts } from '../example-parts.tsx'
import { requireSandbox } from '../sandbox.server.ts'

export const handle = { hydrate: true } satisfies PageHandle

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: documentTitle(['Components'], { hasErrors: data?.formRefused }) },
  { name: 'robots', content: 'noindex' },
]

/** A gallery of every part of app/ui, with a form to try. Only a sandbox shows it. */
export function loader({ context }: LoaderFunctionArgs) {
  requireSandbox()
  return { formRefused: context.formRefused }
}

/** Checks the example form and keeps nothing of it. */
export async function action({ request, context }: ActionFunctionArgs) {
  requireSandbox()
  const answer = readExampleForm(await readForm(request))
  switch (answer.outcome) {
    case 'sent':
      return data(answer)
    case 'refused':
      context.formRefused = true
      return data(answer, { status: 400 })
  }
}

export default function Components() {
  const answer = useActionData<typeof action>()
  return (
    <>
      <Breadcrumbs trail={[{ label: 'Home', href: '/' }]} />
      <PageTitle kicker="Sandbox" lede="Every part that the pages are made of, and a form to try.">
        Components
      </PageTitle>
      <ExampleForm answer={answer} />
      <ExampleParts />
    </>
  )
}
