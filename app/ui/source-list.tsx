import { Citation, type CitedSource } from './source-note.tsx'

/** Every source of a page, one a line. */
export function SourceList({ sources }: { sources: CitedSource[] }) {
  return (
    <ul className="max-w-measure space-y-3 font-sans text-ui">
      {sources.map((source, position) => (
        <li key={position}>
          <Citation source={source} />
        </li>
      ))}
    </ul>
  )
}
