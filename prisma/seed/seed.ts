import { findCharity, saveCharity } from '#app/charity/charity.server.ts'
import { sayCharityProblem, type Charity } from '#app/charity/charity.ts'
import { sayPartnerProblem, type Partner } from '#app/partners/partner.ts'
import { installPartners } from '#app/partners/partners.server.ts'
import type { Tx } from '#app/platform/db.server.ts'
import type { Mode } from '#app/platform/environment.ts'
import { installReport } from '#app/report/install-report.server.ts'
import { sayReportProblem } from '#app/report/report-rules.ts'
import type { ReportContent } from '#app/report/report.ts'
import { charity } from './charity.ts'
import { installDemoParliament } from './install-demo-parliament.ts'
import { partners } from './partners.ts'
import { report } from './report.ts'
import { sampleBankDetails, samplePartners } from './samples.ts'

/** Everything that makes an installation somebody's: whose it is, what was found, and who is helped. */
export type InstallationContent = { charity: Charity; report: ReportContent; partners: Partner[] }

/**
 * Fills an empty database with the charity, its report and its partners, and in sandbox and test with samples and a parliament
 * that is nobody's.
 * A database that holds a charity is left as it is: from then on its content belongs to the charity's staff.
 */
export async function seedWhenEmpty(tx: Tx, mode: Mode): Promise<{ outcome: 'seeded' | 'not-empty' }> {
  if (await findCharity(tx)) return { outcome: 'not-empty' }
  const samples = mode === 'live' ? [] : samplePartners
  // Only in sandbox: a test installation is shown to people who might take an account for real.
  const account = mode === 'sandbox' ? { bankDetails: sampleBankDetails } : {}
  await install(tx, { charity: { ...charity, ...account }, report, partners: [...partners, ...samples] })
  const problems = mode === 'live' ? [] : await installDemoParliament(tx)
  if (problems.length > 0) throw new SeedError(problems)
  return { outcome: 'seeded' }
}

/** Writes all of it. Throws, with every problem in words, when something is wrong: seed content is ours to mend. */
export async function install(tx: Tx, content: InstallationContent): Promise<void> {
  const saved = await saveCharity(tx, content.charity)
  if (saved.outcome === 'refused') throw new SeedError(saved.problems.map(sayCharityProblem))

  const installed = await installReport(tx, content.report)
  if (installed.outcome === 'refused') throw new SeedError(installed.problems.map(sayReportProblem))

  const placed = await installPartners(tx, content.partners)
  if (placed.outcome === 'refused') throw new SeedError(placed.problems.map(sayPartnerProblem))
}

export class SeedError extends Error {
  override name = 'SeedError'

  constructor(problems: string[]) {
    super(`The seed content cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
  }
}
