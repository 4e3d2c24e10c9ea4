import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

type NoticeKind = 'info' | 'warning' | 'success' | 'test'

type NoticeProps = {
  kind?: NoticeKind
  /** Replaces the word that the kind begins with: colour never speaks alone. */
  title?: string
  /** The answer to what the reader just did: screen readers say it. */
  isAnswer?: boolean
  children: ReactNode
}

const look: Record<NoticeKind, { edge: string; word: string; title: string }> = {
  info: { edge: 'border-accent', word: 'text-ink', title: 'Note' },
  warning: { edge: 'border-warn', word: 'text-warn', title: 'Warning' },
  success: { edge: 'border-good', word: 'text-good', title: 'Done' },
  test: { edge: 'border-ink', word: 'text-ink', title: 'Test site' },
}

/** Something that the reader should know here and now. */
export function Notice({ kind = 'info', title, isAnswer = false, children }: NoticeProps) {
  const { edge, word, title: usualTitle } = look[kind]
  return (
    <div
      role={isAnswer ? 'status' : undefined}
      className={classNames(
        'my-6 first:mt-0 max-w-measure border-s-8 bg-sheet px-5 py-4 font-sans text-ui',
        edge,
      )}
    >
      <p className={classNames('font-semibold', word)}>{title ?? usualTitle}</p>
      <div className="mt-1">{children}</div>
    </div>
  )
}
