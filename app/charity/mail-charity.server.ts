import type { MailCharity } from '#emails/email.ts'
import type { Reader } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { canonicalAddress } from './canonical.server.ts'
import { theCharity } from './charity.server.ts'

/** The charity as its mails name it. Throws before the first seed, as `theCharity` does. */
export async function mailCharity(reader: Reader): Promise<MailCharity> {
  const { name, legalName, legalLines, postalAddress, accentLight, accentDark } = await theCharity(reader)
  return {
    name,
    legalName,
    legalLines,
    postalAddress,
    accentLight,
    accentDark,
    siteUrl: env.appUrl,
    contactUrl: canonicalAddress('/contact'),
    testNotice: testNotices[env.mode],
  }
}

const testNotices = {
  sandbox: 'No money moves there, and no message leaves the computer it runs on.',
  test: 'No money moves there.',
  live: undefined,
}
