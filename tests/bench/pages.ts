import { request } from 'node:http'
import { startHouse, type House } from '../support/house.ts'
import type { Bench } from './run.ts'

const addresses = [
  '/',
  '/report',
  '/report/findings/humanitarian-aid',
  '/partners',
  '/privacy',
  '/accessibility',
  '/contact',
]

/** What a reading page weighs over the wire, with all that it brings along; and how much of that is script. */
export const pagesBench: Bench = async ({ databaseUrl }, say) => {
  const house = await startHouse(databaseUrl, { LOG_LEVEL: 'warn' })
  for (const address of addresses) {
    const html = await (await house.fetch(address)).text()
    const parts = [...html.matchAll(/<link[^>]*rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]+)"/g)].map(
      ([, href]) => href ?? '',
    )
    const sizes = await Promise.all([address, ...new Set(parts)].map((part) => bytesOf(house, part)))
    say({
      figure: 'bytes over the wire, Brotli, headers left out',
      address,
      page: sizes[0],
      all: sizes.reduce((sum, size) => sum + size, 0),
      scripts: (html.match(/<script/g) ?? []).length,
    })
  }
  await house.stop()
}

function bytesOf(house: House, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(new URL(path, house.url), { headers: { 'accept-encoding': 'br' } }, (answer) => {
      let bytes = 0
      answer.on('data', (part: Buffer) => (bytes += part.length))
      answer.on('end', () => resolve(bytes))
    })
    call.on('error', reject)
    call.end()
  })
}
