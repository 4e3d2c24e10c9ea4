import { useEffect, useRef, type MouseEvent } from 'react'
import { errorPrefix } from './document-title.ts'

export type FormError = {
  /** The same sentence as beside the field. */
  message: string
  /** The id of the field to put right. Missing when the error is about the form as a whole. */
  fieldId?: string
}

type ErrorSummaryProps = {
  errors: FormError[]
  /** Changes with each attempt to send the form (the action's answer will do): the summary takes the focus again. */
  attempt?: unknown
}

/**
 * Everything that is wrong with a form, at the top of its page. It takes the focus, and each line leads to its field.
 * Nothing when nothing is wrong. The page's title says so too: with script from here, without it from documentTitle.
 */
export function ErrorSummary({ errors, attempt }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  const refused = errors.length > 0
  useEffect(() => box.current?.focus(), [attempt])
  useEffect(() => (refused ? prefixTitle() : undefined), [attempt, refused])
  if (!refused) return null
  return (
    <div
      ref={box}
      tabIndex={-1}
      // eslint-disable-next-line jsx-a11y/no-autofocus -- without script this is what moves the focus here
      autoFocus
      data-error-summary
      className="my-8 max-w-measure border-4 border-bad p-5 font-sans text-ui"
    >
      {/* The alert is inside what is focused: on the same node, screen readers drop one of the two. */}
      <div role="alert">
        <h2 className="text-h3">There is a problem</h2>
        <ul className="mt-3 space-y-2">
          {errors.map(({ message, fieldId }) => (
            <li key={`${fieldId} ${message}`} className="font-semibold">
              {fieldId ? (
                <a href={`#${fieldId}`} onClick={(event) => goTo(event, fieldId)} className="text-bad">
                  {message}
                </a>
              ) : (
                message
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** Returns what takes the prefix away again; nothing when the title came with one. */
function prefixTitle(): (() => void) | undefined {
  const title = document.title
  if (title.startsWith(errorPrefix)) return undefined
  document.title = errorPrefix + title
  return () => {
    document.title = title
  }
}

/** Shows the question, then focuses its control: focusing alone may leave the question off the screen. */
function goTo(event: MouseEvent, fieldId: string) {
  const control = document.getElementById(fieldId)
  if (!(control instanceof HTMLElement)) return
  event.preventDefault()
  const question = control.closest('fieldset')?.querySelector('legend') ?? labelOf(control)
  question?.scrollIntoView()
  control.focus({ preventScroll: true })
}

function labelOf(control: HTMLElement): Element | null {
  return document.querySelector(`label[for="${CSS.escape(control.id)}"]`)
}
