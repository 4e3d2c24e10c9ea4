import '@remix-run/node'
import type { Reader } from './db.server.ts'

/** What the web process hands to every loader and action. */
export type RequestContext = {
  /** Read pages through this: for a reading page it is one moment of the database, the same for every loader. */
  reader: Reader
  /** Marks our own inline scripts for the content security policy; undefined where no script runs. */
  nonce: string | undefined
  /** The visitor's network, as limits count it: an IPv4 address, or the /64 of an IPv6 one. Never kept or logged. */
  network: string
  /** Names this request in logs and on error pages. */
  requestId: string
  /** Set by an action that refused a form, for the loaders of the same answer: the title of the page then says so. */
  formRefused?: true
}

declare module 'express-serve-static-core' {
  interface Locals {
    requestId: string
    /** The pattern of the route that answers; undefined until it is known, and where none does. */
    route?: string | undefined
  }
}

declare module '@remix-run/node' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging our type into Remix's is the point
  interface AppLoadContext extends RequestContext {}
}
