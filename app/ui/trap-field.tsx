/** The field that only programs fill in. */
export const trapName = 'leave-empty'

/** A field that people neither see nor need: whatever fills it in is a program. */
export function TrapField() {
  return (
    <p className="sr-only">
      <label htmlFor={trapName}>Leave this field empty: it is there to catch programs.</label>
      <input type="text" id={trapName} name={trapName} tabIndex={-1} autoComplete="off" />
    </p>
  )
}
