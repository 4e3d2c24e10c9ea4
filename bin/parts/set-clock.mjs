/** When this start began: `CLOCK` says what time it was then. */
const BEGAN = Date.now()

/**
 * What a process is told of the time, where `CLOCK` sets it: the time that it is there by now. So all processes of a start
 * keep one time, whichever of them is started again.
 *
 * @param {{ [name: string]: string | undefined }} env
 * @returns {{ CLOCK?: string }} nothing where the machine's clock counts, and of what is no time: the product says so
 */
export function setClock({ CLOCK }, began = BEGAN, now = Date.now()) {
  const start = Date.parse(CLOCK ?? '')
  return Number.isNaN(start) ? {} : { CLOCK: new Date(start + now - began).toISOString() }
}
