type Element = { tag: string; attributes: Record<string, string> }

const element = /<(\/?[a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*\/?>|<!DOCTYPE [^<>]*>|(<)/g

/**
 * The tags of a mail in their order, the closing ones too, with their attributes. Reads only the tidy HTML that we write
 * ourselves: a sign that could begin a tag, anywhere else, is an error.
 */
export function markUp(html: string): Element[] {
  return [...html.matchAll(element)].flatMap(([, tag, attributes = '', stray]) => {
    if (stray) throw new Error('This HTML holds a < that begins no tag')
    if (!tag) return []
    const pairs = [...attributes.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?/g)]
    return [
      {
        tag,
        attributes: Object.fromEntries(pairs.map(([, name = '', value]) => [name, decoded(value ?? '')])),
      },
    ]
  })
}

/** The words of a mail as a browser shows them, on one line. */
export function readable(html: string): string {
  return decoded(html.replace(/<(title|style)>.*?<\/\1>/gs, '').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
}
