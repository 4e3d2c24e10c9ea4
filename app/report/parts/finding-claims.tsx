import { Folded } from '#app/ui/folded.tsx'
import type { Finding } from '../report.ts'
import { ClaimList } from './claim-list.tsx'

/** What a finding rests on; folded behind its warning when it has one. */
export function FindingClaims({ finding }: { finding: Pick<Finding, 'warning' | 'claims'> }) {
  const claims = <ClaimList claims={finding.claims} />
  if (finding.warning === null) return claims
  return (
    <Folded warning={finding.warning} summary="Show what was reported">
      {claims}
    </Folded>
  )
}
