/** The site's colours, as app/styles.css has them (a test compares the two): mail programs fetch no style sheet. */
export const light = {
  paper: '#fbf8f3',
  sheet: '#f3eee5',
  rule: '#d8cfc2',
  ink: '#211b17',
  soft: '#554b43',
}
export const dark: typeof light = {
  paper: '#181411',
  sheet: '#221d19',
  rule: '#40382f',
  ink: '#f2ece3',
  soft: '#c6bcb0',
}

/** What is read is set in a serif, what is operated in a sans (docs/identity.md). */
export const serif = "'Iowan Old Style', 'Palatino Linotype', Palatino, P052, 'Noto Serif', Georgia, serif"
export const sans = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif"

/**
 * The only style sheet of a mail: what cannot stand beside the element itself. Many mail programs drop it, and the mail
 * is then a light one. It holds no sign that HTML would escape.
 */
export function styleSheet(accentDark: string): string {
  const turned = Object.entries(dark).map(([token, colour]) =>
    token === 'ink' || token === 'soft'
      ? `.${token}{color:${colour} !important}`
      : `.${token}{background-color:${colour} !important;border-color:${dark.rule} !important}`,
  )
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    '@media (prefers-color-scheme:dark){',
    ...turned,
    `a,.accent{color:${accentDark} !important}`,
    `.band{border-color:${accentDark} !important}`,
    `.button{background-color:${accentDark} !important}`,
    `.button a{color:${dark.paper} !important}`,
    `.name a{color:${dark.ink} !important}`,
    '}',
  ].join('')
}
