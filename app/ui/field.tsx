import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, partIds } from './described-by.ts'
import { FieldError } from './field-error.tsx'

type Shared = {
  /** The question, or the name of what is asked for. */
  label: string
  name: string
  /** Defaults to `name`. The error summary links to it. */
  id?: string
  /** What helps to answer: shown before the control, so that it is read before answering. */
  hint?: ReactNode
  /** What is wrong, each a sentence that says what to do. */
  errors?: string[]
  /** Adds "(optional)" to the label. Whatever is not marked must be answered. */
  optional?: boolean
  /** How wide the expected answer is, on screens that have the room. */
  width?: 'short' | 'medium' | 'full'
}

type Omitted = 'className' | 'style' | 'name' | 'id'

type FieldProps = Shared &
  (
    | ({ as?: 'input' } & Omit<InputHTMLAttributes<HTMLInputElement>, Omitted | 'width'>)
    | ({ as: 'textarea' } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, Omitted>)
    | ({ as: 'select'; options: { value: string; label: string }[] } & Omit<
        SelectHTMLAttributes<HTMLSelectElement>,
        Omitted
      >)
  )

const widths = { short: 'max-w-[12rem]', medium: 'max-w-[24rem]', full: 'max-w-measure' }

/**
 * One question of a form: label, hint, error and the control, tied together for screen readers. Takes every attribute of
 * its control (`type`, `autoComplete`, `inputMode`, `defaultValue`, …).
 */
export function Field({ label, hint, errors, optional = false, width = 'full', ...control }: FieldProps) {
  const id = control.id ?? control.name
  const ids = partIds(id)
  const wrong = Boolean(errors?.length)
  const tied = {
    id,
    'aria-invalid': wrong || undefined,
    'aria-describedby': describedBy(
      control['aria-describedby'],
      Boolean(hint) && ids.hint,
      wrong && ids.error,
    ),
    className: classNames('control', wrong ? 'border-2 border-bad' : 'border-edge', widths[width]),
  }
  return (
    <div className={classNames('my-6 first:mt-0 font-sans text-ui', wrong && 'border-s-4 border-bad ps-4')}>
      <label htmlFor={id} className="font-semibold">
        {label}
        {optional ? <span className="font-normal text-soft"> (optional)</span> : null}
      </label>
      {hint ? (
        <div id={ids.hint} className="max-w-measure text-soft">
          {hint}
        </div>
      ) : null}
      <FieldError id={ids.error} errors={errors} />
      <Control {...control} {...tied} />
    </div>
  )
}

type Tied = {
  id: string
  className: string
  'aria-invalid': true | undefined
  'aria-describedby': string | undefined
}
type ControlProps = { name: string } & (
  | ({ as?: 'input' } & Omit<InputHTMLAttributes<HTMLInputElement>, keyof Tied>)
  | ({ as: 'textarea' } & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, keyof Tied>)
  | ({ as: 'select'; options: { value: string; label: string }[] } & Omit<
      SelectHTMLAttributes<HTMLSelectElement>,
      keyof Tied
    >)
) &
  Tied

function Control(props: ControlProps) {
  switch (props.as) {
    case 'textarea': {
      const { as: _, ...rest } = props
      return <textarea rows={6} {...rest} />
    }
    case 'select': {
      const { as: _, options, ...rest } = props
      return (
        <select {...rest}>
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )
    }
    case 'input':
    case undefined: {
      const { as: _, ...rest } = props
      return <input type="text" {...rest} />
    }
  }
}
