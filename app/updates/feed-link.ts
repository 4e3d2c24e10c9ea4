export const FEED_TYPE = 'application/atom+xml'

/** Tells a feed reader, in the head of a page about updates, where the feed is. */
export const feedLink = {
  tagName: 'link',
  rel: 'alternate',
  type: FEED_TYPE,
  title: 'Updates',
  href: '/updates.atom',
} as const
