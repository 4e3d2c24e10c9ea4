import type { ReactNode } from 'react'

/** Two things that are read together: side by side where there is room, the first above the second where there is not. */
export function Pair({ children }: { children: ReactNode }) {
  return <div className="grid items-start gap-x-12 gap-y-8 *:my-0 lg:grid-cols-2">{children}</div>
}
