import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { projectRoot, withSettings } from './settings.ts'

/** Asks the control API of a stand-in; its README lists what can be asked. Throws when it refuses. */
export type Control = (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown) => Promise<unknown>

/** A stand-in in a process of its own: proofs count at its log, which it writes before it answers. */
export type StandIn<LogLine> = {
  url: string
  /** With it the stand-in signs its news. */
  secret: string
  control: Control
  log: () => Promise<LogLine[]>
  /** Sends its news there from now on. */
  sendNewsTo: (url: string) => Promise<void>
  close: () => Promise<void>
}

/** Starts the stand-in for a service, on a free port, with nothing in it. */
export async function openStandIn<LogLine>(service: 'resend' | 'stripe'): Promise<StandIn<LogLine>> {
  const folder = await mkdtemp(path.join(tmpdir(), `stand-in-${service}-`))
  const logFile = path.join(folder, 'log.jsonl')
  const child = spawn(process.execPath, ['--import', 'tsx', `tests/sandbox/${service}/main.ts`], {
    cwd: projectRoot,
    env: withSettings({ PORT: '0', STAND_IN_LOG: logFile }),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const url = `http://127.0.0.1:${port}`
  const secret = `whsec_${Buffer.from(`the tests’ stand-in for ${service}`).toString('base64')}`
  const control = controlAt(url)
  return {
    url,
    secret,
    control,
    log: async () =>
      (await readFile(logFile, 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as LogLine),
    sendNewsTo: async (where) => void (await control('PUT', 'webhook', { url: where, secrets: [secret] })),
    close: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The control API of the stand-in at this address, for those who did not open it themselves. */
export function controlAt(url: string): Control {
  return async (method, where, body) => {
    const answer = await fetch(`${url}/_control/${where}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
}

/** Waits until all news that can be told by now has been. What failed, and waits for its next time, does not count. */
export async function untilToldAll(control: Control): Promise<void> {
  while (((await control('GET', 'webhooks')) as { busy: boolean }).busy) await pause(20)
}
