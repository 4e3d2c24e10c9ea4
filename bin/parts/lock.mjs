import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
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
 * @property {boolean} [holding] false while it only wants the lock
 */

/**
 * @typedef {object} Lock
 * @property {(news: Partial<Holder>) => void} tell adds to what others are told
 * @property {() => void} release
 */

// A unix socket that its holder listens on. The system closes it however the holder ends, kill -9 and power cuts
// included, so a lock that nobody answers for is known to be free; a file with a number in it could not say that.
//
// Everyone who wants the lock first shows a socket of their own, and then looks at all the others. Of any two, the one
// who showed theirs later sees the other, so two can never both find themselves alone.

const AGAIN_MS = 20

/**
 * Takes the lock NAME of a folder, or says who has it. Throws a Problem when the folder cannot be written to.
 *
 * @param {string} folder made when missing
 * @param {string} name begins the socket's file name
 * @param {Holder} self
 * @returns {Promise<{ outcome: 'taken', lock: Lock } | { outcome: 'held', by: Holder }>}
 */
export async function takeLock(folder, name, self) {
  try {
    mkdirSync(folder, { recursive: true })
    for (;;) {
      const mine = await show(folder, name, { ...self, pid: process.pid })
      const others = await lookAround(folder, name, mine.file)
      if (others.outcome === 'nobody') {
        mine.tell({ holding: true })
        return { outcome: 'taken', lock: mine }
      }
      mine.release()
      if (others.outcome === 'held') return others
      await delay(AGAIN_MS * (1 + Math.random()))
    }
  } catch (error) {
    throw explained(error, folder)
  }
}

/**
 * Waits until it is clear whether this process has the lock. Among those who want it at once, the first by name stays
 * and the others step back and come again.
 *
 * @param {string} folder
 * @param {string} name
 * @param {string} mine
 * @returns {Promise<{ outcome: 'nobody' } | { outcome: 'step back' } | { outcome: 'held', by: Holder }>}
 */
async function lookAround(folder, name, mine) {
  for (;;) {
    const files = readdirSync(folder).filter((file) => file.startsWith(`${name}.`) && file !== mine)
    const found = await Promise.all(files.map(async (file) => ({ file, by: await ask(folder, file) })))
    // It was listening before it had this name, so one that does not answer has ended and will not come back.
    for (const { file, by } of found) if (!by) rmSync(join(folder, file), { force: true })
    const present = found.flatMap(({ file, by }) => (by ? [{ file, by }] : []))
    const holder = present.find(({ by }) => by.holding !== false)
    if (holder) return { outcome: 'held', by: holder.by }
    if (present.length === 0) return { outcome: 'nobody' }
    if (present.some(({ file }) => file < mine)) return { outcome: 'step back' }
    await delay(AGAIN_MS)
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
 * Listens on a socket of this process's own, and gives it a name that others look for once it is listening.
 *
 * @param {string} folder
 * @param {string} name
 * @param {Holder} self
 * @returns {Promise<Lock & { file: string }>}
 */
async function show(folder, name, self) {
  /** @type {Holder} */
  const holder = { ...self, holding: false }
  const own = `${process.pid}-${randomBytes(4).toString('hex')}`
  const file = `${name}.${own}`
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(JSON.stringify(holder))
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    inside(folder, () => server.listen(own, () => resolve(undefined)))
  })
  renameSync(join(folder, own), join(folder, file))
  // Holding a lock keeps nobody from ending.
  server.unref()
  return {
    file,
    tell: (news) => void Object.assign(holder, news),
    release: () => {
      rmSync(join(folder, file), { force: true })
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
