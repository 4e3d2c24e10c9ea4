import type { House } from './house.ts'

/** The fields of the form on a page, as its browser would send them untouched: hidden ones with what they hold. */
export function fieldsOf(html: string, nth = 0): Record<string, string> {
  const inputs = [...formOf(html, nth).matchAll(/<input[^>]*>/g)]
    .map(([input]) => input)
    .filter((input) => !/\stype="(checkbox|radio)"/.test(input) || /\schecked=""/.test(input))
  return Object.fromEntries(
    inputs.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']),
  )
}

function formOf(html: string, nth: number): string {
  return [...html.matchAll(/<form.*?<\/form>/gs)][nth]?.[0] ?? ''
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&')
}

/** Reads the page with its form, fills it in and sends it, as a browser without script does. */
export async function sendForm(
  house: Pick<House, 'fetch' | 'url'>,
  path: string,
  filledIn: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const html = await (await house.fetch(path)).text()
  const fields = fieldsOf(html)
  return house.fetch(attribute(formOf(html, 0), 'action') ?? path, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, ...filledIn }),
    headers: { origin: house.url, ...headers },
  })
}
