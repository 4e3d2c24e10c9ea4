import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { LogLine } from '../sandbox/resend/log-line.ts'
import { projectRoot, withSettings } from './settings.ts'

const secret = `whsec_${Buffer.from('the secret of the tests’ post office').toString('base64')}`

/** The stand-in for Resend, in a process of its own: proofs count at its log, which it writes before it answers. */
export type PostOffice = {
  url: string
  /** What the product's processes need to send through it. */
  settings: Record<string, string>
  /** Its control API; see tests/sandbox/resend/README.md. */
  control: (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown) => Promise<unknown>
  log: () => Promise<LogLine[]>
  /** How often each of our messages was taken, by its tag. */
  taken: () => Promise<Map<string, number>>
  close: () => Promise<void>
}

/** Opens a post office. It takes as many requests a second as the tests can make, until told otherwise. */
export async function openPostOffice(): Promise<PostOffice> {
  const folder = await mkdtemp(path.join(tmpdir(), 'post-office-'))
  const logFile = path.join(folder, 'log.jsonl')
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/sandbox/resend/main.ts'], {
    cwd: projectRoot,
    env: withSettings({ PORT: '0', STAND_IN_LOG: logFile }),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const url = `http://127.0.0.1:${port}`
  const control = controlAt(url)
  const log = async () =>
    (await readFile(logFile, 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LogLine)
  await control('PUT', 'settings', { perSecond: 1000 })
  return {
    url,
    settings: { SANDBOX_MAIL_URL: url, SANDBOX_MAIL_SECRET: secret },
    control,
    log,
    taken: async () => {
      const counts = new Map<string, number>()
      for (const { accepted } of await log()) {
        for (const { tags } of accepted) {
          const id = tags['message'] ?? ''
          counts.set(id, (counts.get(id) ?? 0) + 1)
        }
      }
      return counts
    },
    close: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The secret with which the post office signs what it tells. */
export const postOfficeSecret = secret

/** The control API of the post office at this address, for those who did not open it themselves. */
export function controlAt(url: string): PostOffice['control'] {
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
