/** The site's colours, as app/styles.css has them (a test compares the two): a mail can fetch no style sheet. */
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

/** The longest line: some 65 characters. */
export const measure = 576

/**
 * The only style sheet of a mail: what cannot stand beside the element itself. A program that drops it shows a light mail
 * with nothing missing. It holds no sign that HTML would escape, so that it can be written as a text is.
 */
export function styleSheet(accentDark: string): string {
  return [
    ':root{color-scheme:light dark;supported-color-schemes:light dark}',
    '.written blockquote p:last-child{margin-bottom:0 !important}',
    '@media (prefers-color-scheme:dark){',
    `.paper{background-color:${dark.paper} !important}`,
    `.sheet{background-color:${dark.sheet} !important}`,
    `.rule,.written blockquote,.written hr,.written th,.written td{border-color:${dark.rule} !important}`,
    `.ink{color:${dark.ink} !important}`,
    `.soft{color:${dark.soft} !important}`,
    `.accent,.written a{color:${accentDark} !important}`,
    `.band{border-color:${accentDark} !important}`,
    `.button{background-color:${accentDark} !important}`,
    `.button a{color:${dark.paper} !important}`,
    `.test{background-color:${dark.ink} !important;color:${dark.paper} !important}`,
    '}',
  ].join('')
}
