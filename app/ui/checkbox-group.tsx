import type { ReactNode } from 'react'
import { ChoiceGroup } from './choice-group.tsx'
import { Choice } from './choice.tsx'

type CheckboxGroupProps = {
  legend: string
  name: string
  /** Defaults to `name`. It is the id of the first choice, so that the error summary can link to the group. */
  id?: string
  hint?: ReactNode
  errors?: string[]
  options: { value: string; label: ReactNode; hint?: ReactNode }[]
  /** Nothing is ticked beforehand unless the person ticked it before. */
  defaultValues?: string[]
}

/** Any of several. */
export function CheckboxGroup({
  legend,
  name,
  id = name,
  hint,
  errors,
  options,
  defaultValues = [],
}: CheckboxGroupProps) {
  return (
    <ChoiceGroup id={id} legend={legend} hint={hint} errors={errors}>
      {options.map((option, position) => (
        <Choice
          key={option.value}
          type="checkbox"
          id={position === 0 ? id : `${id}-${position + 1}`}
          name={name}
          value={option.value}
          label={option.label}
          hint={option.hint}
          defaultChecked={defaultValues.includes(option.value)}
        />
      ))}
    </ChoiceGroup>
  )
}
