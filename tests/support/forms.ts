import type { House } from './house.ts'

/** The fields of the form on a page, as its browser would send them untouched: hidden ones with what they hold. */
export function fieldsOf(html: string, nth = 0): Record<string, string> {
  const form = [...html.matchAll(/<form.*?<\/form>/gs)][nth]?.[0] ?? ''
  const inputs = [...form.matchAll(/<input[^>]*>/g)].map(([input]) => ({
    name: /\sname="([^"]*)"/.exec(input)?.[1] ?? '',
    value: /\svalue="([^"]*)"/.exec(input)?.[1] ?? '',
  }))
  return Object.fromEntries(inputs.map(({ name, value }) => [name, value]))
}

/** Reads the page with its form, fills it in and sends it, as a browser without script does. */
export async function sendForm(
  house: Pick<House, 'fetch' | 'url'>,
  path: string,
  filledIn: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const fields = fieldsOf(await (await house.fetch(path)).text())
  return house.fetch(path, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, ...filledIn }),
    headers: { origin: house.url, ...headers },
  })
}
