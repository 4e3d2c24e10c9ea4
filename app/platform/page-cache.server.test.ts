import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { parse } from 'pg-connection-string'
import { expect, test } from 'vitest'
import { inTransaction } from './db.server.ts'
import { contentChanged, PageCache } from './page-cache.server.ts'

/** A way to the test's database on which everything may be made to stand still, new calls too. */
async function line() {
  const { host, port, database, user } = parse(process.env['DATABASE_URL'] ?? '')
  const calls = new Set<Socket>()
  let still = false
  const server = createServer((near) => {
    const far = host?.startsWith('/')
      ? connect(`${host}/.s.PGSQL.${port || 5432}`)
      : connect(Number(port || 5432), host ?? 'localhost')
    calls.add(near)
    near.on('close', () => (calls.delete(near), far.destroy()))
    far.on('close', () => near.destroy())
    for (const socket of [near, far]) socket.on('error', () => undefined)
    // What is said on a line that stands goes nowhere; that somebody hangs up is noticed.
    if (still) near.resume()
    else near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `postgresql://${user ?? ''}@127.0.0.1:${(server.address() as AddressInfo).port}/${database ?? ''}`,
    calls: () => calls.size,
    stand: () => {
      still = true
      for (const call of calls) call.unpipe().resume()
    },
    move: () => {
      still = false
      // Whoever still waits on a line that stood is let go, as a network does in the end.
      for (const call of calls) call.destroy()
    },
    close: () => {
      for (const call of calls) call.destroy()
      server.close()
    },
  }
}

const page = (text: string) => () => Promise.resolve({ status: 200, headers: {}, html: Buffer.from(text) })

async function textOf(cache: PageCache, text: string): Promise<string> {
  const answer = await cache.findOrRender('/', page(text))
  return answer.outcome === 'stored' ? answer.page.bodies.identity.toString() : ''
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 800; tries += 1, await delay(25)) if (await holds()) return
  throw new Error('It did not come true in twenty seconds')
}

test('a silent line keeps no page, is called again by one call at a time, and is heard again afterwards', async () => {
  const way = await line()
  // A busy machine must have the time to answer.
  const cache = new PageCache(500)
  const listening = await cache.listen(way.url)
  try {
    expect(await textOf(cache, 'first')).toBe('first')
    expect(await textOf(cache, 'second')).toBe('first')

    way.stand()
    await until(async () => (await textOf(cache, 'while it stood')) === 'while it stood')
    let most = 0
    for (let tries = 0; tries < 120; tries += 1, await delay(25)) most = Math.max(most, way.calls())
    expect(most).toBeLessThanOrEqual(2)

    way.move()
    await until(async () => {
      await textOf(cache, 'kept again')
      return (await textOf(cache, 'another')) === 'kept again'
    })
    await inTransaction(contentChanged)
    await until(async () => (await textOf(cache, 'after the change')) === 'after the change')
    expect(way.calls()).toBe(1)
  } finally {
    await listening.stop()
    way.close()
  }
})
