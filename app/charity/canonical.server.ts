import { env } from '#app/platform/env.server.ts'

/** The one true address of a page of this site, however a visitor came to it. `path` begins with a slash. */
export function canonicalAddress(path: string): string {
  return env.appUrl + path
}
