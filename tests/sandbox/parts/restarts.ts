import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { useListener } from './listener.ts'
import type { Options } from './server.ts'

/** A stand-in that keeps what it knows in a folder, for tests of what is left when it ends and is started again. */
export function useRestarts<Running extends { url: string; close: () => Promise<void> }>(
  start: (options: Options) => Promise<Running>,
  secret: string,
) {
  const listener = useListener()
  let folder = ''
  let running: Running | undefined
  const now = () => {
    if (!running) throw new Error('It does not run')
    return running
  }
  const keptFile = () => path.join(folder, 'kept.jsonl')
  const startAgain = async () => {
    await running?.close()
    running = await start({
      port: 0,
      keptFile: keptFile(),
      endpoint: { url: listener.url, secrets: [secret] },
    })
  }
  /** Asks the control API, whatever it answers. */
  const control = (method: string, what: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${now().url}/_control/${what}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const isBusy = async () => ((await (await control('GET', 'webhooks')).json()) as { busy: boolean }).busy
  const quiet = () => expect.poll(isBusy).toBe(false)

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'stand-in-'))
    running = undefined
    await startAgain()
  })
  afterEach(async () => {
    await running?.close()
    rmSync(folder, { recursive: true })
  })

  return {
    listener,
    startAgain,
    control,
    quiet,
    types: () => listener.heard.map(({ event }) => event.type),
    get running() {
      return now()
    },
    get keptFile() {
      return keptFile()
    },
  }
}
