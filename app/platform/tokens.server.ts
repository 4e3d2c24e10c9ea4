import { createHash, createHmac, randomBytes } from 'node:crypto'
import { canonicalAddress } from '../shared/address.ts'
import { env } from './env.server.ts'

/**
 * A keyed hash of something personal (an address, a network), so that two occurrences can be told to be the same
 * without keeping the thing itself. `purpose` separates uses: the same address gives unrelated hashes for two purposes.
 * 32 hexadecimal digits.
 */
export function keyedHash(purpose: string, value: string): string {
  return createHmac('sha256', env.hashKey).update(`${purpose}\0${value}`).digest('hex').slice(0, 32)
}

/** The hash under which everything about an email address is kept: suppressions outlive the address itself. */
export function addressHash(address: string): string {
  return keyedHash('address', canonicalAddress(address))
}

/** What a private link ends with: 128 bits of chance, 22 letters, digits, hyphens and underscores. */
export function randomToken(): string {
  return randomBytes(16).toString('base64url')
}

/** True for what could be a random token: the rest was typed, cut short, or made up. */
export function couldBeToken(text: string): boolean {
  return /^[\w-]{22}$/.test(text)
}

/**
 * A token that can be made again from what it opens, for links that stand in every mail to a person: 128 bits, the same
 * each time, and known to nobody who does not hold HASH_KEY.
 */
export function standingToken(purpose: string, about: string): string {
  return createHmac('sha256', env.hashKey)
    .update(`link:${purpose}\0${about}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
}

/** The hash under which a token is stored: a copy of the database opens no link. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 32)
}

/** A random name for one request or one response: 16 letters and digits, no meaning. */
export function randomId(): string {
  return randomBytes(12).toString('base64url')
}
