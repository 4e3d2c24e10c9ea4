import type { ReactNode } from 'react'
import { ChoiceGroup, type ChoiceLayout } from './choice-group.tsx'
import { Choice } from './choice.tsx'

type RadioGroupProps = {
  legend: string
  name: string
  /** Defaults to `name`. It is the id of the first choice, so that the error summary can link to the group. */
  id?: string
  hint?: ReactNode
  errors?: string[]
  options: { value: string; label: ReactNode; hint?: ReactNode }[]
  /** Nothing is chosen beforehand unless the person chose it before. */
  defaultValue?: string
  layout?: ChoiceLayout
}

/** One of several. */
export function RadioGroup({
  legend,
  name,
  id = name,
  hint,
  errors,
  options,
  defaultValue,
  layout,
}: RadioGroupProps) {
  return (
    <ChoiceGroup id={id} legend={legend} hint={hint} errors={errors} layout={layout}>
      {options.map((option, position) => (
        <Choice
          key={option.value}
          type="radio"
          id={position === 0 ? id : `${id}-${position + 1}`}
          name={name}
          value={option.value}
          label={option.label}
          hint={option.hint}
          defaultChecked={option.value === defaultValue}
        />
      ))}
    </ChoiceGroup>
  )
}
