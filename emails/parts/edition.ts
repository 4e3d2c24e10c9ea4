import { createContext, useContext } from 'react'

/**
 * A mail is written once and sent in two editions. Each part says how it stands in either; the text is then no
 * afterthought of the HTML: addresses are written out, and what only the eye needs is left out.
 */
export const Edition = createContext<'html' | 'text'>('html')

export function useEdition(): 'html' | 'text' {
  return useContext(Edition)
}
