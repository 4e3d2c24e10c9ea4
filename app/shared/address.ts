/** The longest address that a mail server takes (RFC 3696, erratum 1690). */
export const LONGEST_ADDRESS = 254

/**
 * The form of an address under which it is known: two spellings of one mailbox must be suppressed together. The domain's
 * case never matters (RFC 5321, 2.4), nor whether it is written in its own script or in ASCII (RFC 5890), and no
 * provider of note tells local parts apart by case.
 */
export function canonicalAddress(address: string): string {
  const trimmed = address.trim()
  const at = trimmed.lastIndexOf('@')
  const domain = trimmed.slice(at + 1)
  return `${trimmed.slice(0, at)}@${asciiDomain(domain) ?? domain}`.normalize('NFC').toLowerCase()
}

/**
 * What many providers make one mailbox of: they read nothing behind a plus, and some no dots before the @. For counting
 * how much mail one person may be getting, and nothing else: elsewhere these are mailboxes of several people.
 */
export function likelyMailbox(address: string): string {
  const canonical = canonicalAddress(address)
  const at = canonical.lastIndexOf('@')
  return (
    canonical
      .slice(0, at)
      .replace(/(?<=.)\+.*$/, '')
      .replaceAll('.', '') + canonical.slice(at)
  )
}

export type ReadAddress =
  | { outcome: 'read'; address: string }
  | { outcome: 'empty' }
  | { outcome: 'too-long' }
  /** Several mailboxes, a name beside it, or no address at all. */
  | { outcome: 'malformed' }

/** One or more words of these letters, parted by dots (RFC 5322, dot-atom): what a mailbox is called outside museums. */
const localPart = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/

/**
 * Reads what somebody typed as the address of one mailbox, in the form in which it can be mailed: its domain in ASCII.
 * Nothing is guessed at: whether somebody is there only a message can tell.
 */
export function readAddress(text: string): ReadAddress {
  const typed = text.trim()
  if (!typed) return { outcome: 'empty' }
  if (typed.length > LONGEST_ADDRESS) return { outcome: 'too-long' }
  const [local = '', domain = '', ...more] = typed.split('@')
  const ascii = asciiDomain(domain)
  if (more.length > 0 || local.length > 64 || !localPart.test(local) || ascii === undefined) {
    return { outcome: 'malformed' }
  }
  const address = `${local}@${ascii}`
  return address.length > LONGEST_ADDRESS ? { outcome: 'too-long' } : { outcome: 'read', address }
}

/** A domain as the network knows it; undefined for what is none, a bare host or a number of one included. */
function asciiDomain(domain: string): string | undefined {
  // Letters of every script, their marks, digits, hyphens and dots: nothing by which a URL would become another one.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || !URL.canParse(`http://${domain}`)) return undefined
  const { hostname } = new URL(`http://${domain}`)
  const labels = hostname.split('.')
  const isDomain =
    labels.length > 1 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  return isDomain ? hostname : undefined
}

/** An address that its owner recognises and nobody else learns: "a…@example.org". */
export function maskAddress(address: string): string {
  return `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`
}
