import { promisify } from 'node:util'
import { brotliCompressSync, brotliDecompress, constants } from 'node:zlib'

// The messages of a batch are the same but for a name and two links: packed, a megabyte is ten kilobytes. Everything that
// handles a call until it is sent then handles a hundredth: the database's disk and log, its backup, and our memory.

/** The quickest. It is a hundredth already. */
const packing = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY + 1 } }

/**
 * A request's body as it is kept: packed. At once: it takes two milliseconds a megabyte, and in the background each of
 * Node's threads would keep megabytes of its own for it.
 */
export function freeze(body: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(brotliCompressSync(body, packing))
}

/** The body again, to the byte. */
export async function thaw(frozen: Uint8Array): Promise<Buffer> {
  return promisify(brotliDecompress)(frozen)
}

/** The messages in a frozen body, as the provider is told of them: a list for a batch, one message otherwise. */
export async function readFrozen(frozen: Uint8Array): Promise<unknown> {
  return JSON.parse((await thaw(frozen)).toString('utf8'))
}
