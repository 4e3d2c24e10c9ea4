import pg from 'pg'

/**
 * A connection that asks one question at a time. Prisma asks for a record's relations side by side, inside a transaction
 * on the same connection; pg 8 queues such questions with a warning, and pg 9 will refuse them.
 */
export class OneAtATimeClient extends pg.Client {
  #last: Promise<unknown> = Promise.resolve()

  // pg's own overloads, of which the promise form waits its turn: whoever passes a callback (the pool) asks alone.
  override query = ((...question: [unknown, ...unknown[]]) => {
    const ask = () => (super.query as (...question: unknown[]) => unknown)(...question)
    if (typeof question.at(-1) === 'function' || isSubmittable(question[0])) return ask()
    const answer = this.#last.then(ask)
    this.#last = answer.catch(() => undefined)
    return answer
  }) as pg.Client['query']
}

/** A cursor or stream, which answers through itself. */
function isSubmittable(question: unknown): boolean {
  return typeof (question as { submit?: unknown } | null)?.submit === 'function'
}
