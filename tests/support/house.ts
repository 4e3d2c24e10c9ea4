import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { projectRoot, withSettings } from './settings.ts'

export type Running = {
  pid: number
  /** What it wrote, a line each: JSON from the log, anything else from a fault. */
  lines: string[]
  /** The log's lines, read. */
  log: () => LogLine[]
  /** Asks it to end (SIGTERM) and waits until it has. Safe to call twice. */
  stop: () => Promise<Ending>
  /** Ends it as a power cut would (SIGKILL), and waits until it is gone. */
  kill: () => Promise<Ending>
}

type LogLine = Record<string, unknown>

export type Ending = { code: number | null; signal: NodeJS.Signals | null }

export type House = Running & {
  /** `http://127.0.0.1:PORT` */
  url: string
  /** Asks the house for a path, as a browser without cookies would; redirects are shown, not followed. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
}

/**
 * Starts the built web process on a free port of this machine, and waits until it says that it can serve. `settings`
 * are environment variables beside the tests' own; `program` another of build/ in its place. Throws with what it wrote
 * when it ends first.
 */
export async function startHouse(
  databaseUrl: string,
  settings: Record<string, string> = {},
  program = 'server.js',
): Promise<House> {
  const port = settings['PORT'] ?? String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const web = await startProcess('web', program, {
    DATABASE_URL: databaseUrl,
    PORT: port,
    APP_URL: url,
    NODE_ENV: 'production',
    ...settings,
  })
  return { ...web, url, fetch: (path, init) => fetch(new URL(path, url), { redirect: 'manual', ...init }) }
}

/** Starts the built worker, or another program of build/ in its place, and waits until it says that it works. */
export async function startWorker(
  databaseUrl: string,
  settings: Record<string, string> = {},
  program = 'worker.js',
): Promise<Running> {
  return startProcess('worker', program, {
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
    ...settings,
  })
}

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function startProcess(name: string, file: string, settings: Record<string, string>): Promise<Running> {
  const program = path.join(projectRoot, 'build', file)
  if (!existsSync(program)) throw new Error(`build/${file} is not there: run "npm run build" first.`)

  const child = spawn(process.execPath, [program], {
    cwd: projectRoot,
    env: withSettings({ ...settings, COURAGE_PROCESS: name }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line))
  }
  const ended = new Promise<Ending>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  const ready = new Promise<'ready'>((resolve) => {
    child.on('message', (message) => {
      if ((message as { ready?: boolean }).ready) resolve('ready')
    })
  })
  const first = await Promise.race([ready, ended])
  if (first !== 'ready') {
    throw new Error(
      `The ${name} ended (${first.signal ?? first.code}) before it was ready:\n${lines.join('\n')}`,
    )
  }

  const end = (signal: NodeJS.Signals) => () => {
    child.kill(signal)
    return ended
  }
  return {
    pid: child.pid ?? 0,
    lines,
    log: () => lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogLine),
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  }
}
