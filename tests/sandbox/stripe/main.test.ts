import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot, withSettings } from '#tests/support/settings.ts'
import { isReal } from './service.ts'

const start = (environment: Record<string, string>) =>
  fork(path.join(import.meta.dirname, 'main.ts'), {
    cwd: projectRoot,
    execArgv: ['--import', 'tsx'],
    env: withSettings(environment),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })

test.skipIf(isReal)(
  'the stand-in for Stripe says when it is ready, keeps its log on disk, and ends when its parent is gone or asks',
  { timeout: 30_000 },
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'stand-in-'))
    try {
      for (const end of ['SIGTERM', 'disconnect']) {
        const child = start({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder })
        const [ready] = (await once(child, 'message')) as [{ ready: boolean; port: number }]
        expect(ready).toEqual({ ready: true, port: expect.any(Number) })
        await fetch(`http://127.0.0.1:${ready.port}/v1/events`, {
          headers: { authorization: 'Bearer sk_test_x' },
        })
        const ended = once(child, 'exit')
        if (end === 'SIGTERM') child.kill('SIGTERM')
        else child.disconnect()
        expect(await ended).toEqual([0, null])
      }
      const lines = readFileSync(path.join(folder, 'stand-in-stripe.jsonl'), 'utf8').trim().split('\n')
      expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { route: 'GET /v1/events', status: 200 },
        { route: 'GET /v1/events', status: 200 },
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

test.skipIf(isReal)(
  'the stand-in for Stripe listens to this machine alone',
  { timeout: 30_000 },
  async () => {
    const child = start({ PORT: '0', HOST: '0.0.0.0' })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(said).toContain('HOST is 0.0.0.0')
  },
)
