import type { ReactNode } from 'react'
import { Choice } from './choice.tsx'
import { classNames } from './class-names.ts'
import { partIds } from './described-by.ts'
import { FieldError } from './field-error.tsx'

type CheckboxProps = {
  label: ReactNode
  name: string
  /** Defaults to `name`. */
  id?: string
  /** What is sent when it is ticked. */
  value?: string
  hint?: ReactNode
  errors?: string[]
  /** Only what the person ticked before: consent is never ticked for anyone. */
  defaultChecked?: boolean
}

/** A single yes, given by ticking. */
export function Checkbox({
  label,
  name,
  id = name,
  value = 'yes',
  hint,
  errors,
  defaultChecked,
}: CheckboxProps) {
  const wrong = Boolean(errors?.length)
  const errorId = partIds(id).error
  return (
    <div
      className={classNames(
        'my-6 first:mt-0 max-w-measure font-sans text-ui',
        wrong && 'border-s-4 border-bad ps-4',
      )}
    >
      <FieldError id={errorId} errors={errors} />
      <Choice
        type="checkbox"
        id={id}
        name={name}
        value={value}
        label={label}
        hint={hint}
        defaultChecked={defaultChecked}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? errorId : undefined}
      />
    </div>
  )
}
