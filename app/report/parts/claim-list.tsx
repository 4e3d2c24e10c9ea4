import { SourceNote } from '#app/ui/source-note.tsx'
import { Tag } from '#app/ui/tag.tsx'
import { sayAttribution, sayStatus, type Claim } from '../report.ts'

/** Claims, each with who says it, how firmly it stands, of when it is, and where to check it. */
export function ClaimList({ claims }: { claims: Claim[] }) {
  return (
    <ul className="max-w-measure space-y-8">
      {claims.map((claim) => (
        <li key={claim.anchor} id={claim.anchor}>
          <p>{claim.statement}</p>
          <p className="mt-2 flex flex-wrap items-baseline gap-x-3 gap-y-1 font-sans text-note text-soft">
            <Tag>{sayStatus(claim.status)}</Tag>
            <span>
              {claim.attributedTo} ({sayAttribution(claim.attribution)}), {claim.informationDate}
            </span>
            <a href={`#${claim.anchor}`}>Link to this claim</a>
          </p>
          <SourceNote sources={claim.sources} />
        </li>
      ))}
    </ul>
  )
}
