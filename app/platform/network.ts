import { isIPv6 } from 'node:net'

/**
 * The network by which a visitor is counted: an IPv4 address itself; of an IPv6 one the first 64 bits, because every
 * home and every phone has as many addresses as it likes below them (RFC 6177).
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  if (mapped) return mapped
  if (!isIPv6(bare)) return bare
  const [front = '', back] = bare.toLowerCase().split('::')
  const words = (part: string) => part.split(':').filter(Boolean)
  const [before, after] = [words(front), words(back ?? '')]
  const gap = back === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0')
  const first = [...before, ...gap, ...after].slice(0, 4)
  return `${first.map((word) => word.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
