import { cp, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import express from 'express'
import { expect, test } from 'vitest'
import { keptFiles } from '#app/platform/kept-files.server.ts'
import { projectRoot } from '../support/settings.ts'

const built = path.join(projectRoot, 'build', 'client')

/** Serves the files in `folder` for as long as `work` takes. */
async function served(folder: string, work: (url: string) => Promise<void>): Promise<void> {
  const server = express().use(keptFiles(folder)).listen(0, '127.0.0.1')
  try {
    await new Promise((resolve) => server.once('listening', resolve))
    await work(`http://127.0.0.1:${(server.address() as { port: number }).port}`)
  } finally {
    server.close()
  }
}

test('a reader whose page is of the old build still gets its files when a new build has taken its place', async () => {
  const scratch = await mkdtemp(path.join(tmpdir(), 'courage-files-'))
  try {
    await cp(built, path.join(scratch, 'client'), { recursive: true })
    await served(path.join(scratch, 'client'), async (url) => {
      await rename(path.join(scratch, 'client'), path.join(scratch, 'gone'))
      const answer = await fetch(`${url}/favicon.svg`)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('<svg')
    })
  } finally {
    await rm(scratch, { recursive: true })
  }
})

test('a file is not sent again to a browser that has it, and only in a form that the browser takes', async () => {
  await served(built, async (url) => {
    const ask = (headers: Record<string, string>) => fetch(`${url}/favicon.svg`, { headers })
    const first = await ask({ 'accept-encoding': 'br' })
    expect(first).toHaveHeader('content-encoding', 'br')
    expect(first).toHaveHeader('content-type', 'image/svg+xml')
    const again = await ask({ 'accept-encoding': 'br', 'if-none-match': first.headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
    expect((await ask({ 'accept-encoding': 'br;q=0' })).headers.has('content-encoding')).toBe(false)
  })
})

test.each(['bytes=5-2', 'bytes=-5', 'bytes=5--9', 'bytes=99999999-', 'bytes=0-0'])(
  'whatever part of a file is asked for (%s), all of it comes',
  async (range) => {
    await served(built, async (url) => {
      const answer = await fetch(`${url}/favicon.svg`, { headers: { range } })
      expect(answer.status).toBe(200)
      expect(await answer.text()).toMatch(/<\/svg>\s*$/)
    })
  },
)

test.each([
  '/.vite/manifest.json',
  '/assets/..%2f..%2fserver.js',
  '/favicon.svg.br',
  '/assets',
  '/%2e%2e/server.js',
])('what is not a file of the site is not there: %s', async (target) => {
  await served(built, async (url) => {
    expect((await fetch(url + target)).status).toBe(404)
  })
})
