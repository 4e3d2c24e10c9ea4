import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot, withSettings } from '#tests/support/settings.ts'

/** What is promised of a stand-in as a process; `asked` is a place of its API that any key of that form may read. */
export function testProcess(name: 'Resend' | 'Stripe', asked: string, key: string): void {
  const start = (environment: Record<string, string>) =>
    fork(path.join(import.meta.dirname, '..', name.toLowerCase(), 'main.ts'), {
      cwd: projectRoot,
      execArgv: ['--import', 'tsx'],
      env: withSettings(environment),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })

  describe(`the stand-in for ${name}`, { timeout: 30_000 }, () => {
    test('says when it is ready, keeps its log on disk, and ends when its parent is gone or asks', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'stand-in-'))
      try {
        for (const end of ['SIGTERM', 'disconnect']) {
          const child = start({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder })
          const [ready] = (await once(child, 'message')) as [{ ready: boolean; port: number }]
          expect(ready).toEqual({ ready: true, port: expect.any(Number) })
          await fetch(`http://127.0.0.1:${ready.port}${asked}`, {
            headers: { authorization: `Bearer ${key}` },
          })
          const ended = once(child, 'exit')
          if (end === 'SIGTERM') child.kill('SIGTERM')
          else child.disconnect()
          expect(await ended).toEqual([0, null])
        }
        const log = path.join(folder, `stand-in-${name.toLowerCase()}.jsonl`)
        const lines = readFileSync(log, 'utf8').trim().split('\n')
        const line = { route: `GET ${asked}`, status: 200 }
        expect(lines.map((each) => JSON.parse(each) as unknown)).toMatchObject([line, line])
      } finally {
        rmSync(folder, { recursive: true })
      }
    })

    test('listens to this machine alone', async () => {
      const child = start({ PORT: '0', HOST: '0.0.0.0' })
      let said = ''
      child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
      expect(await once(child, 'exit')).toEqual([1, null])
      expect(said).toContain('HOST is 0.0.0.0')
    })
  })
}
