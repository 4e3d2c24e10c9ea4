import { mkdirSync, readdirSync, rmSync } from 'node:fs'
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
//
// Each taking is a turn with a number of its own (NAME.1, NAME.2 …), and the highest number is never removed. A socket
// that nobody answers for is therefore never in the way and never moved: a name that is freed and taken again could be
// freed by one who looked too early, and two would hold the lock.

/**
 * Takes the lock NAME of a folder, or says who has it. Throws a Problem when the folder cannot be written to.
 *
 * @param {string} folder made when missing
 * @param {string} name the beginning of the socket's file name
 * @param {Holder} self
 * @returns {Promise<{ outcome: 'taken', lock: Lock } | { outcome: 'held', by: Holder }>}
 */
export async function takeLock(folder, name, self) {
  try {
    mkdirSync(folder, { recursive: true })
    for (; ; await delay(Math.random() * 10)) {
      const turns = turnsIn(folder, name)
      const by = await firstToAnswer(folder, name, turns)
      if (by) return { outcome: 'held', by }
      const mine = (turns[0] ?? 0) + 1
      const lock = await listen(folder, `${name}.${mine}`, { ...self, pid: process.pid })
      if (!lock) continue
      // One who looked before us and was slower may come after us with a lower number: the highest has it. And one who
      // was found silent may have been about to listen: whoever answers was first.
      const others = turnsIn(folder, name).filter((turn) => turn !== mine)
      if (others.every((turn) => turn < mine) && !(await firstToAnswer(folder, name, others))) {
        for (const turn of others) rmSync(join(folder, `${name}.${turn}`), { force: true })
        return { outcome: 'taken', lock }
      }
      lock.release()
    }
  } catch (error) {
    throw explained(error, folder)
  }
}

/**
 * The turns that left a socket in the folder, the last first.
 *
 * @param {string} folder
 * @param {string} name
 * @returns {number[]}
 */
function turnsIn(folder, name) {
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}.`))
    .map((file) => file.slice(name.length + 1))
    .filter((turn) => /^[1-9]\d{0,14}$/.test(turn))
    .map(Number)
    .sort((a, b) => b - a)
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {number[]} turns
 * @returns {Promise<Holder | undefined>} undefined when nobody answers for any of them
 */
async function firstToAnswer(folder, name, turns) {
  for (const turn of turns) {
    const by = await ask(folder, `${name}.${turn}`)
    if (by) return by
  }
  return undefined
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
    // Closing a socket removes its name, and the last number must stay: so it is closed from where that name is not.
    release: () => void inside('/', () => server.close()),
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
