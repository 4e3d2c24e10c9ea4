import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { readSandboxService } from '../../bin/parts/sandbox-services.mjs'
import { freePort, type Ending } from '../support/house.ts'
import { atTheDesk, type AtTheDesk } from '../support/payment-desk.ts'
import { projectRoot } from '../support/settings.ts'

/** One `npm start`, as a person has it in a terminal. */
export type Started = {
  pid: number
  /** Where the site is, once it is ready. */
  url: string
  /** All that it wrote so far. */
  output: () => string
  /** Resolves when it has written something that matches; throws with all that it wrote when it ends first. */
  says: (pattern: RegExp) => Promise<void>
  /** Its children by what they are. Undefined while one is away. */
  children: () => { web?: number; worker?: number; mail?: number; payments?: number; postgres?: number }
  ended: Promise<Ending>
  signal: (signal: NodeJS.Signals) => void
}

/** A folder for one installation's data, on which the database's own user may stand when tests are run by root. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'courage-start-'))
  await chmod(folder, 0o711)
  return folder
}

/**
 * Runs what `npm start` runs, with its own data and port, and none of this process's settings. Everything that it
 * started is ended and its data removed when the test is over (`afterEach(endAll)`).
 */
export async function start(
  dataDir: string,
  settings: Record<string, string> = {},
  [program, ...args]: [string, ...string[]] = [process.execPath, 'bin/start.mjs'],
): Promise<Started> {
  const port = settings['PORT'] ?? String(await freePort())
  const child = spawn(program, args, {
    cwd: projectRoot,
    env: environment({ PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...settings }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      for (const look of waiting) look()
    })
  }
  const ended = new Promise<Ending>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  const pid = child.pid ?? 0
  starts.push({ pid, dataDir })

  const output = () => lines.join('\n')
  return {
    pid,
    url: `http://127.0.0.1:${port}`,
    output,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(output())) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
        void ended
          .then(() => delay(100))
          .then(() => reject(new Error(`It ended without saying ${String(pattern)}:\n${output()}`)))
      }),
    children: () => familyOf(pid),
    ended,
    signal: (signal) => void child.kill(signal),
  }
}

const starts: { pid: number; dataDir: string }[] = []

/** Ends whatever a test has left running, and removes its data. */
export async function endAll(): Promise<void> {
  for (const { pid, dataDir } of starts.splice(0)) {
    const family = [pid, ...descendantsOf(pid), postmasterOf(dataDir)]
    for (const member of family) if (member && isAlive(member)) process.kill(member, 'SIGKILL')
    await until('everything has ended', () => !family.some(isAlive))
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The address of the embedded database in a data folder. */
export function databaseIn(dataDir: string): string {
  return `postgresql://courage@localhost/courage?host=${encodeURIComponent(path.join(dataDir, 'socket'))}`
}

/** The stand-in for Stripe of a sandbox with this data folder, as whoever looks into the folder finds it. */
export function deskIn(dataDir: string): AtTheDesk {
  return atTheDesk(readSandboxService(dataDir, 'payments').url)
}

/** The number of the embedded database's first process, as its own file says. */
export function postmasterOf(dataDir: string): number | undefined {
  const file = path.join(dataDir, 'database', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}

export function isAlive(pid: number | undefined): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // One that has ended and whose parent has not asked is still in the table.
  return !/^\d+ \(.*\) Z/.test(readIfThere(`/proc/${pid}/stat`))
}

/** Waits for something that is bound to happen. Throws after `seconds`, which is a promise of the product or plenty. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 30,
): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await delay(25)) if (await holds()) return
  throw new Error(`Waited ${seconds} s, and still not: ${what}`)
}

/** `settings`, and what any program needs of this process's environment: no setting in somebody's shell reaches a test. */
function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_EXTRA_CA_CERTS } = process.env
  return { PATH, HOME, TMPDIR, NODE_EXTRA_CA_CERTS, NODE_ENV: 'test', ...settings }
}

function familyOf(pid: number): ReturnType<Started['children']> {
  const found: ReturnType<Started['children']> = {}
  for (const member of descendantsOf(pid)) {
    const words = readIfThere(`/proc/${member}/cmdline`)
    // The first: what it has just started looks the same for a moment.
    if (/^[^\0]*\/bin\/postgres\0/.test(words)) found.postgres ??= member
    if (words.includes('build/server.js')) found.web = member
    if (words.includes('build/worker.js')) found.worker = member
    if (words.includes('build/stand-in-resend.js')) found.mail = member
    if (words.includes('build/stand-in-stripe.js')) found.payments = member
  }
  return found
}

/** Everything that a process started, each followed by what that started in turn. */
function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const [, state, parent] = /^\d+ \(.*\) (\S) (\d+)/.exec(readIfThere(`/proc/${name}/stat`)) ?? []
    if (state === 'Z') continue
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)])
  }
  const below = (parent: number): number[] =>
    (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)])
  return below(pid)
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
