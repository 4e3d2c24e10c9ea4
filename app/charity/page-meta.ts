import type { MetaDescriptor } from '@remix-run/node'
import { documentTitle } from '#app/ui/document-title.ts'

type PageMeta = {
  title: string | undefined
  /** One or two sentences for search results and previews. */
  description: string
  /** Whose site it is; it ends the title. */
  charity: string
  /** The page's one true address. */
  canonical: string
  /** A form on it was refused: its title says so first. */
  hasErrors?: boolean | undefined
}

/** What a page says of itself in its head. */
export function pageMeta({ title, description, charity, canonical, hasErrors }: PageMeta): MetaDescriptor[] {
  return [
    { title: documentTitle([title, charity], { hasErrors }) },
    { name: 'description', content: description },
    { tagName: 'link', rel: 'canonical', href: canonical },
    { property: 'og:title', content: title ?? charity },
    { property: 'og:description', content: description },
    { property: 'og:url', content: canonical },
    { property: 'og:site_name', content: charity },
    { property: 'og:type', content: 'website' },
  ]
}

/** A page behind a private link says nothing of itself to search engines and previews. */
export function privatePageMeta(
  title: string,
  charity: string,
  { hasErrors }: Pick<PageMeta, 'hasErrors'> = {},
): MetaDescriptor[] {
  return [{ title: documentTitle([title, charity], { hasErrors }) }, { name: 'robots', content: 'noindex' }]
}

/** A page behind a private link: found by nobody else, kept by nobody, and its address is passed on to nobody. */
export const privatePageHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
}
