/** What is wrong with a field and what to do. Nothing when nothing is wrong. */
export function FieldError({ id, errors }: { id: string; errors: string[] | undefined }) {
  if (!errors?.length) return null
  return (
    <p id={id} className="mt-1 font-semibold text-bad">
      <span className="sr-only">Error: </span>
      {errors.join(' ')}
    </p>
  )
}
