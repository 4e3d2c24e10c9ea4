import type { InputHTMLAttributes, ReactNode } from 'react'
import { describedBy, partIds } from './described-by.ts'

type ChoiceProps = {
  type: 'radio' | 'checkbox'
  id: string
  label: ReactNode
  hint?: ReactNode
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'style' | 'type' | 'id'>

/** A radio button or a checkbox with its label: the whole line can be pressed. */
export function Choice({ id, label, hint, ...input }: ChoiceProps) {
  const ids = partIds(id)
  return (
    <div className="flex gap-3">
      <input
        {...input}
        id={id}
        aria-describedby={describedBy(input['aria-describedby'], Boolean(hint) && ids.hint)}
        className="mt-2.5 size-6 shrink-0"
      />
      <div>
        <label htmlFor={id} className="block py-2.5">
          {label}
        </label>
        {hint ? (
          <div id={ids.hint} className="-mt-2 pb-1 text-soft">
            {hint}
          </div>
        ) : null}
      </div>
    </div>
  )
}
