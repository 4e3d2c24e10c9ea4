/** The oldest version of PostgreSQL that the product is tried with. */
export const OLDEST_POSTGRES = 15

/**
 * Why a database could not be used, and what to do, in a sentence for the person at the keyboard. Undefined for an error
 * that has another cause. The password is never part of it.
 */
export function whyNoDatabase(error: unknown, url: URL): string | undefined {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  const database = decodeURIComponent(url.pathname.slice(1))
  const user = decodeURIComponent(url.username)
  const place = url.searchParams.get('host') ?? url.host
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `DATABASE_URL names the server ${place}, and that name is not known here. Mend it.`
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENOENT':
    case 'ETIMEDOUT':
      return `No PostgreSQL server answers at ${place} (${code}). Start it, or mend DATABASE_URL.`
    // PostgreSQL, appendix A: invalid_authorization, invalid_password, invalid_catalog_name, insufficient_privilege.
    case '28000':
    case '28P01':
      return `The server at ${place} does not let ${user || 'us'} in: the name or the password in DATABASE_URL is wrong.`
    case '3D000':
      return `The server at ${place} has no database "${database}". Make it (createdb ${database}), or mend DATABASE_URL.`
    case '42501':
      return `The account in DATABASE_URL may not change the database "${database}": make it the owner.`
    case '53300':
    case '57P03':
      return `The server at ${place} takes no connections now (${code}). Try again in a minute.`
    default:
      // pg gives its own timeout no code.
      return /timeout expired|connection timeout/i.test(message)
        ? `No PostgreSQL server answers at ${place} within ten seconds. Start it, or mend DATABASE_URL.`
        : undefined
  }
}

/** What to tell somebody whose server is too old; undefined when it is not. `number` is `server_version_num`: 150004. */
export function whyTooOld(number: number): string | undefined {
  const major = Math.floor(number / 10_000)
  if (major >= OLDEST_POSTGRES) return undefined
  return `The server of DATABASE_URL is PostgreSQL ${major}, and ${OLDEST_POSTGRES} or newer is needed. Upgrade it, or give another.`
}
