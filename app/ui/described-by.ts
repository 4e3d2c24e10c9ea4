/** What the parts of a field are called, so that its control can name the ones that describe it. */
export function partIds(id: string) {
  return { hint: `${id}-hint`, error: `${id}-error` }
}

/** The value of `aria-describedby`: the ids that are there, or undefined when there is none. */
export function describedBy(...ids: (string | false | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(' ') || undefined
}
