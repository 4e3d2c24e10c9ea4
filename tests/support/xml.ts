/** An element of an XML document: its name, its attributes, and what it holds, texts with their entities resolved. */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  children: (XmlElement | string)[]
}

/** Reads a document as strictly as a feed reader may. Throws where it is not well-formed (no DTDs, no prefixes). */
export function readXml(text: string): XmlElement {
  const marks =
    /<\?xml [^?]*\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w:-]+)\s*>|<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const open = [root]
  let at = 0
  for (const found of text.matchAll(marks)) {
    at = found.index + found[0].length
    const [whole, cdata, closing, name, attributes = '', empty, words] = found
    const inside = open.at(-1) ?? root
    if (cdata !== undefined) inside.children.push(cdata)
    else if (closing !== undefined) {
      if (open.length < 2 || open.pop()?.name !== closing) throw new Error(`</${closing}> ends nothing`)
    } else if (name !== undefined) {
      const element: XmlElement = { name, attributes: attributesOf(attributes), children: [] }
      inside.children.push(element)
      if (!empty) open.push(element)
    } else if (words !== undefined) {
      if (whole.includes(']]>')) throw new Error(`]]> stands in a text: ${whole}`)
      inside.children.push(resolved(words))
    }
  }
  if (at !== text.length) throw new Error(`Not well-formed: ${text.slice(at, at + 80)}`)
  const [document, ...more] = root.children.filter((child) => typeof child !== 'string')
  if (open.length !== 1 || !document || more.length > 0)
    throw new Error('A document is one element, and it ends')
  return document
}

/** The elements of this name right within an element. */
export function elementsOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return (element?.children ?? []).flatMap((child) =>
    typeof child !== 'string' && child.name === name ? [child] : [],
  )
}

/** The text of the first element of this name right within an element. */
export function textIn(element: XmlElement | undefined, name: string): string {
  return (
    elementsOf(element, name)[0]
      ?.children.filter((child) => typeof child === 'string')
      .join('') ?? ''
  )
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, resolved(value)]),
  )
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
}

function resolved(text: string): string {
  return text.replace(/&[^;\s]*;?/g, (entity) => {
    const sign = entities[entity]
    if (sign === undefined) throw new Error(`${entity} is no entity of XML`)
    return sign
  })
}
