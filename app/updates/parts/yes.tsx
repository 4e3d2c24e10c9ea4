import { Button } from '#app/ui/button.tsx'
import { YES } from '../subscribe-form.ts'

/** Words to agree to, with the mark by which it is known which words were shown. */
export type Agreement = { wording: string; mark: string }

/** The yes to updates: the words, and right below them the button that they speak of. It stands inside a form. */
export function Yes({ agreement, look }: { agreement: Agreement; look?: 'secondary' }) {
  return (
    <>
      <p id="agreement" className="mb-6 max-w-measure font-sans text-ui">
        {agreement.wording}
      </p>
      <input type="hidden" name="wording" value={agreement.mark} />
      <Button aria-describedby="agreement" {...(look ? { look } : {})}>
        {YES}
      </Button>
    </>
  )
}
