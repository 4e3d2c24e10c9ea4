import type { ReactNode } from 'react'

/** A word that says the standing of something: "Disputed", "Sample". Never by colour alone. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-block border border-edge px-2 font-sans text-note whitespace-nowrap text-soft">
      {children}
    </span>
  )
}
