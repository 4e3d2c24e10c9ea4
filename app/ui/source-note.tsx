/** A place where a statement can be checked. */
export type CitedSource = {
  title: string
  publisher: string
  /** Missing for a source that is not on the web. */
  url?: string | null
  /** When it was published, as people say it. */
  dated?: string | null
}

/** One source as it is cited everywhere: title, publisher, date. */
export function Citation({ source }: { source: CitedSource }) {
  return (
    <>
      {source.url ? (
        <a href={source.url} rel="external">
          {source.title}
        </a>
      ) : (
        <cite className="not-italic">{source.title}</cite>
      )}
      {`, ${source.publisher}`}
      {source.dated ? `, ${source.dated}` : null}
    </>
  )
}

/** Where the statement just made can be checked. Nothing when there is no source. */
export function SourceNote({ sources }: { sources: CitedSource[] }) {
  if (sources.length === 0) return null
  return (
    <p className="mt-2 max-w-measure font-sans text-note text-soft">
      {sources.length === 1 ? 'Source: ' : 'Sources: '}
      {sources.map((source, position) => (
        <span key={position}>
          {position > 0 ? '; ' : null}
          <Citation source={source} />
        </span>
      ))}
    </p>
  )
}
