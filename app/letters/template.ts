// Templates are the charity's own: a campaign's subject, salutation and first text. They are read once, by this. What a
// person typed never comes here: two braces in somebody's letter are two braces.

/** What a template may name. `seat` and `role` are the seat's; `holder` and `salutation` are of whoever holds it. */
export const tokenNames = ['seat', 'role', 'holder', 'salutation'] as const
export type TokenName = (typeof tokenNames)[number]

export type TemplatePart = { text: string } | { token: TokenName }
export type Template = readonly TemplatePart[]

export type ReadTemplate =
  | { outcome: 'read'; template: Template }
  /** It names something that there is not, or a brace stands alone. `at`: the words, for whoever wrote them. */
  | { outcome: 'refused'; problem: 'unknown-token' | 'stray-braces'; at: string }

/** Reads a template: text, and names in double braces. */
export function readTemplate(text: string): ReadTemplate {
  const parts: TemplatePart[] = []
  for (const piece of text.split(/(\{\{[^{}]*\}\})/)) {
    if (piece === '') continue
    const named = /^\{\{(.*)\}\}$/.exec(piece)
    if (!named) {
      if (/[{}]/.test(piece)) return { outcome: 'refused', problem: 'stray-braces', at: piece }
      parts.push({ text: piece })
      continue
    }
    const token = tokenNames.find((name) => name === named[1]?.trim())
    if (!token) return { outcome: 'refused', problem: 'unknown-token', at: piece }
    parts.push({ token })
  }
  return { outcome: 'read', template: parts }
}

/** Fills a template in. Values are text, whatever they look like. */
export function fillIn<Name extends TokenName>(
  template: readonly ({ text: string } | { token: Name })[],
  values: Record<Name, string>,
): string {
  return template.map((part) => ('text' in part ? part.text : values[part.token])).join('')
}

/** Which tokens a template names. */
export function tokensOf(template: Template): TokenName[] {
  return [...new Set(template.flatMap((part) => ('token' in part ? [part.token] : [])))]
}
