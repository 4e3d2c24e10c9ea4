import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf, explained } from './problem.mjs'

/**
 * What the holder of a lock says about itself to those who find it taken.
 *
 * @typedef {object} Holder
 * @property {number} [pid]
 * @property {string} [what] "npm start", "npm test", a command's name
 * @property {string} [address] where its site can be opened
 * @property {string} [databaseUrl] its embedded database, once that runs
 */

/**
 * @typedef {object} Lock
 * @property {(news: Partial<Holder>) => void} tell adds to what others are told
 * @property {() => void} release
 */

// A unix socket that its holder listens on. The system closes it however the holder ends, kill -9 and power cuts
// included, so a lock that nobody answers for is known to be free; a file with a number in it could not say that.

/**
 * Takes the lock NAME of a folder, or says who has it. Throws a Problem when the folder cannot be written to.
 *
 * @param {string} folder made when missing
 * @param {string} name the socket's file name
 * @param {Holder} self
 * @returns {Promise<{ outcome: 'taken', lock: Lock } | { outcome: 'held', by: Holder }>}
 */
export async function takeLock(folder, name, self) {
  try {
    mkdirSync(folder, { recursive: true })
    for (;;) {
      const lock = await listen(folder, name, { ...self, pid: process.pid })
      if (lock) return { outcome: 'taken', lock }
      const by = await ask(folder, name)
      if (by) return { outcome: 'held', by }
      await clearAway(folder, name)
    }
  } catch (error) {
    throw explained(error, folder)
  }
}

/**
 * Socket paths may hold about a hundred bytes, and folders lie deeper than that: so the call is made from inside the
 * folder, with the bare name. Both calls bind or connect before they return.
 *
 * @template Result
 * @param {string} folder
 * @param {() => Result} work
 * @returns {Result}
 */
function inside(folder, work) {
  const before = process.cwd()
  process.chdir(folder)
  try {
    return work()
  } finally {
    process.chdir(before)
  }
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {Holder} self
 * @returns {Promise<Lock | undefined>} undefined when something of that name is there
 */
async function listen(folder, name, self) {
  const holder = { ...self }
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(JSON.stringify(holder))
  })
  try {
    await new Promise((resolve, reject) => {
      server.once('error', reject)
      inside(folder, () => server.listen(name, () => resolve(undefined)))
    })
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined
    throw error
  }
  // Holding a lock keeps nobody from ending.
  server.unref()
  return {
    tell: (news) => void Object.assign(holder, news),
    release: () => {
      rmSync(join(folder, name), { force: true })
      server.close()
    },
  }
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<Holder | undefined>} undefined when nobody answers for it
 */
function ask(folder, name) {
  return new Promise((resolve, reject) => {
    let said = ''
    const socket = inside(folder, () => createConnection(name))
    // A holder that is stopped or very busy still holds: the connection alone proves it.
    socket.setTimeout(3000, () => socket.destroy())
    socket.on('data', (chunk) => (said += chunk))
    socket.on('error', (error) => {
      const code = codeOf(error)
      if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ENOTSOCK') resolve(undefined)
      else if (code === 'EACCES') reject(error)
      else resolve({})
    })
    socket.on('close', () => resolve(parsed(said)))
  })
}

/**
 * @param {string} said
 * @returns {Holder}
 */
function parsed(said) {
  try {
    return JSON.parse(said)
  } catch {
    return {}
  }
}

/**
 * Removes a socket that nobody answers for. Two starts may find it at once, and the slower one must not remove what the
 * faster one has just put there: so it is moved aside first (only one can), asked again, and put back if it answers.
 *
 * @param {string} folder
 * @param {string} name
 */
async function clearAway(folder, name) {
  const aside = `${name}.${process.pid}`
  if (!existsSync(join(folder, name))) return
  try {
    renameSync(join(folder, name), join(folder, aside))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (await ask(folder, aside)) renameSync(join(folder, aside), join(folder, name))
  else rmSync(join(folder, aside), { force: true })
  await delay(10)
}
