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
}

/** What a page says of itself in its head. */
export function pageMeta({ title, description, charity, canonical }: PageMeta): MetaDescriptor[] {
  return [
    { title: documentTitle([title, charity]) },
    { name: 'description', content: description },
    { tagName: 'link', rel: 'canonical', href: canonical },
    { property: 'og:title', content: title ?? charity },
    { property: 'og:description', content: description },
    { property: 'og:url', content: canonical },
    { property: 'og:site_name', content: charity },
    { property: 'og:type', content: 'website' },
  ]
}
