/** A time as the emails API writes it: `2026-04-03 22:13:42.674000+00` (api-reference/emails/retrieve-email). */
export function databaseTime(time: number): string {
  return new Date(time).toISOString().replace('T', ' ').replace('Z', '000+00')
}
