/** Begins the title of a page whose form was refused. */
export const errorPrefix = 'Error: '

/**
 * The title of a page, most particular first: "Findings – Name of the charity". When a form on it has errors the title
 * says so before anything else, because a screen reader reads it first. Parts that are empty are left out.
 */
export function documentTitle(
  parts: (string | undefined)[],
  { hasErrors = false }: { hasErrors?: boolean | undefined } = {},
): string {
  const title = parts.filter(Boolean).join(' – ')
  return hasErrors ? errorPrefix + title : title
}
