import { describe, test } from 'vitest'

/**
 * What only a stand-in can be made to show. Put to the real service it is left out, and the run says so, and why: `why`
 * ends the sentence "…, because".
 */
export function onlyStandIn(isReal: boolean) {
  const leaveOut = (name: string, why: string) => {
    if (isReal) process.stdout.write(`left out: ${name}, because ${why}\n`)
  }
  return {
    describeInStandIn: (name: string, why: string, tests: () => void) => {
      leaveOut(name, why)
      describe.skipIf(isReal)(name, tests)
    },
    testInStandIn: (name: string, why: string, run: () => Promise<void> | void) => {
      leaveOut(name, why)
      test.skipIf(isReal)(name, run)
    },
  }
}

const said = new Set<string>()

/** Leaves a test out for want of something that lies beside the repository, and says so once. */
export function skipFor(why: string, skip: (note: string) => never): never {
  if (!said.has(why)) process.stdout.write(`left out: ${why}\n`)
  said.add(why)
  return skip(why)
}
