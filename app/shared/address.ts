/**
 * The form of an address under which it is known: two spellings of one mailbox must be suppressed together. The domain's
 * case never matters (RFC 5321, 2.4), and no provider of note tells local parts apart by case.
 */
export function canonicalAddress(address: string): string {
  const trimmed = address.trim()
  const at = trimmed.lastIndexOf('@')
  return `${trimmed.slice(0, at)}@${trimmed.slice(at + 1)}`.normalize('NFC').toLowerCase()
}
