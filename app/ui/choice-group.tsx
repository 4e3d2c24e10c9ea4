import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, partIds } from './described-by.ts'
import { FieldError } from './field-error.tsx'

type ChoiceGroupProps = {
  id: string
  legend: string
  hint?: ReactNode
  errors?: string[]
  /** `row`: short choices stand beside each other where there is room. */
  layout?: ChoiceLayout
  children: ReactNode
}

export type ChoiceLayout = 'column' | 'row'

const layouts: Record<ChoiceLayout, string> = { column: 'mt-1', row: 'mt-1 flex flex-wrap gap-x-8' }

/** The question over a set of choices, tied to them as fieldset and legend. */
export function ChoiceGroup({ id, legend, hint, errors, layout = 'column', children }: ChoiceGroupProps) {
  const ids = partIds(id)
  const wrong = Boolean(errors?.length)
  return (
    <fieldset
      aria-describedby={describedBy(Boolean(hint) && ids.hint, wrong && ids.error)}
      className={classNames(
        'my-6 first:mt-0 max-w-measure font-sans text-ui *:clear-both',
        wrong && 'border-s-4 border-bad ps-4',
      )}
    >
      {/* Afloat, it stands inside the border that marks an error, and not across it. */}
      <legend className="float-start w-full font-semibold">{legend}</legend>
      {hint ? (
        <div id={ids.hint} className="text-soft">
          {hint}
        </div>
      ) : null}
      <FieldError id={ids.error} errors={errors} />
      <div className={layouts[layout]}>{children}</div>
    </fieldset>
  )
}
