import { brotliDecompressSync } from 'node:zlib'

/** What lies frozen in the outbox, as the provider will be told of it: one message, or a list of them. */
export function thawed(body: Uint8Array | null): unknown {
  return JSON.parse(brotliDecompressSync(body ?? new Uint8Array()).toString('utf8'))
}
