/** What a route says about itself with `export const handle = {...} satisfies PageHandle`. */
export type PageHandle = {
  /**
   * A reading page: no script, no cookie, the same for everyone. Rendered once and served from a compressed copy until
   * content changes. Its loader must not look at the query, the cookies or the clock.
   */
  reading?: true
  /** Script makes this page nicer. Without this line a page ships none; it must work without script either way. */
  hydrate?: true
  /** Shows another page of ours in a frame. No other page may have one. */
  frames?: true
}
