import { createHmac, randomBytes } from 'node:crypto'
import { env } from './env.server.ts'

/**
 * A keyed hash of something personal (an address, a network), so that two occurrences can be told to be the same
 * without keeping the thing itself. `purpose` separates uses: the same address gives unrelated hashes for two purposes.
 * 32 hexadecimal digits.
 */
export function keyedHash(purpose: string, value: string): string {
  return createHmac('sha256', env.hashKey).update(`${purpose}\0${value}`).digest('hex').slice(0, 32)
}

/** A random name for one request or one response: 16 letters and digits, no meaning. */
export function randomId(): string {
  return randomBytes(12).toString('base64url')
}
