import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Field } from './field.tsx'
import { HiddenFields } from './hidden-fields.tsx'
import { RadioGroup } from './radio-group.tsx'
import { Tag } from './tag.tsx'

/** What can be chosen. */
export type GiftChoices = {
  currencies: { code: string; sign: string; name: string }[]
  /** In whole units, whatever the currency. */
  presets: readonly string[]
  /** The value that says "another amount". */
  own: string
  purposes: { value: string; label: string; hint: string | null; isSample: boolean }[]
}

type GiftChooserProps = {
  choices: GiftChoices
  /** What was chosen before, or what stands there at first. */
  chosen: { currency: string; amount: string; own: string; to: string }
  errors?: { currency?: string[]; amount?: string[]; own?: string[]; to?: string[] }
  /** What the gift is for is not asked where the page says it. */
  asksPurpose?: boolean
  /** Where it goes: the address names the choice, unless the form carries what should stand in no address. */
  method?: 'get' | 'post'
  /** What else travels with the form. */
  carried?: Record<string, string>
}

/** The question how much somebody gives, and what for. It asks for nothing about the person. */
export function GiftChooser({
  choices,
  chosen,
  errors = {},
  asksPurpose = true,
  method = 'get',
  carried = {},
}: GiftChooserProps) {
  return (
    <form method={method} action="/donate/give" noValidate className="group">
      <RadioGroup
        legend="Currency"
        name="currency"
        layout="row"
        errors={errors.currency}
        defaultValue={chosen.currency}
        options={choices.currencies.map(({ code, sign, name }) => ({
          value: code,
          label: `${sign} ${name}`,
        }))}
      />
      <RadioGroup
        legend="How much would you like to give?"
        hint="It is given once."
        name="amount"
        layout="row"
        errors={errors.amount}
        defaultValue={chosen.amount}
        options={[
          ...choices.presets.map((preset) => ({ value: preset, label: <Signed amount={preset} /> })),
          { value: choices.own, label: 'Another amount' },
        ]}
      />
      <Field
        label="Your own amount"
        hint="If you chose “Another amount”: such as 15 or 12.50."
        name="own"
        inputMode="decimal"
        autoComplete="off"
        width="short"
        errors={errors.own}
        defaultValue={chosen.own}
      />
      {asksPurpose ? (
        <RadioGroup
          legend="What is your gift for?"
          name="to"
          errors={errors.to}
          defaultValue={chosen.to}
          options={choices.purposes.map(({ value, label, hint, isSample }) => ({
            value,
            label: (
              <>
                {label} {isSample ? <Tag>Sample</Tag> : null}
              </>
            ),
            hint,
          }))}
        />
      ) : (
        <input type="hidden" name="to" value={chosen.to} />
      )}
      <HiddenFields fields={carried} />
      <Button {...(method === 'post' ? { name: 'go', value: 'choose' } : {})}>Continue</Button>
    </form>
  )
}

/** Each sign stands there while its currency is chosen. Where a browser cannot tell, the bare number does. */
const signs = [
  { sign: '£', shown: 'group-has-[[value=GBP]:checked]:inline' },
  { sign: '€', shown: 'group-has-[[value=EUR]:checked]:inline' },
  { sign: '$', shown: 'group-has-[[value=USD]:checked]:inline' },
]

function Signed({ amount }: { amount: string }) {
  return (
    <>
      {signs.map(({ sign, shown }) => (
        <span key={sign} className={classNames('hidden', shown)}>
          {sign}
        </span>
      ))}
      {amount}
    </>
  )
}
