/**
 * States what cannot be otherwise. Throws when it is: that is a fault of ours, never of a visitor.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}

/** Something happened that the code rules out. */
export class InvariantError extends Error {
  override name = 'InvariantError'
}

/** The end of an exhaustive `switch`: a new member of the union stops the build here. */
export function assertNever(value: never): never {
  throw new InvariantError(`Unhandled case: ${JSON.stringify(value)}`)
}
