/**
 * Says what is being done and how long it took: one line a step. A terminal sees the seconds run; a log gets a line
 * every ten seconds of a long step.
 *
 * @template Result
 * @param {string} name "Installing packages"
 * @param {() => Promise<Result>} work
 * @param {NodeJS.WriteStream} [stream] commands keep their standard output for their answer, and use standard error
 * @returns {Promise<Result>}
 */
export async function step(name, work, stream = process.stdout) {
  const began = Date.now()
  const seconds = () => (Date.now() - began) / 1000
  const line = (/** @type {string} */ time) => `${name.padEnd(26)} ${time}`
  const timer = stream.isTTY
    ? setInterval(() => stream.write(`\r${line(`${seconds().toFixed(0).padStart(4)} s …`)}`), 250)
    : setInterval(() => stream.write(`${line(`… ${seconds().toFixed(0)} s so far`)}\n`), 10_000)
  try {
    const result = await work()
    stream.write(`${stream.isTTY ? '\r\x1b[K' : ''}${line(`${seconds().toFixed(1).padStart(6)} s`)}\n`)
    return result
  } catch (error) {
    stream.write(`${stream.isTTY ? '\r\x1b[K' : ''}${line(`failed after ${seconds().toFixed(1)} s`)}\n`)
    throw error
  } finally {
    clearInterval(timer)
  }
}
