/** True for what could be the id of a row, as the database writes it: the rest was typed, cut short, or made up. A column of ids takes nothing else. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
