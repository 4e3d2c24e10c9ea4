import type { ReactNode } from 'react'

type ProseProps = { text: string; children?: undefined } | { text?: undefined; children: ReactNode }

/** Running text at a readable measure. `text` is plain: an empty line parts its paragraphs. */
export function Prose({ text, children }: ProseProps) {
  return <div className="prose">{text === undefined ? children : paragraphsOf(text)}</div>
}

function paragraphsOf(text: string): ReactNode[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph, position) => <p key={position}>{paragraph}</p>)
}
