import { createServer } from 'node:net'
import { codeOf, Problem } from './problem.mjs'

/**
 * Throws a Problem that names PORT when the site could not listen there. Asked before anything slow is begun.
 *
 * @param {string} host
 * @param {number} port
 */
export async function requireFreePort(host, port) {
  // A browser may try either loopback address for "localhost", and must not meet somebody else at one of them.
  const hosts = ['127.0.0.1', 'localhost', '::1'].includes(host) ? ['127.0.0.1', '::1'] : [host]
  for (const address of hosts) {
    const code = await refusal(address, port)
    if (code === 'EADDRINUSE')
      throw new Problem(
        `Another program is using port ${port}. End it, or set PORT to another number, e.g. PORT=${nextPort(port)}.`,
      )
    if (code === 'EACCES')
      throw new Problem(`Port ${port} needs more rights than you have. Set PORT to a number above 1023.`)
    if (code === 'EADDRNOTAVAIL' && address === host)
      throw new Problem(
        `HOST is ${host}, which is no address of this machine. Set it to one, or leave it out.`,
      )
    if (code === 'ENOTFOUND')
      throw new Problem(`HOST is ${host}, and that name is not known here. Leave it out, or mend it.`)
  }
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | undefined>} the code of the error, or undefined when nothing is in the way
 */
function refusal(host, port) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(codeOf(error)))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isFree(host, port) {
  return (await refusal(host, port)) === undefined
}

/** @param {number} port */
function nextPort(port) {
  return port < 65535 ? port + 1 : 3000
}
