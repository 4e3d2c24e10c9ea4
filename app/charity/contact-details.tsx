import { Prose } from '#app/ui/prose.tsx'
import type { Charity } from './charity.ts'

type ContactDetailsProps = {
  charity: Pick<Charity, 'name' | 'website' | 'contactEmail' | 'contactPhone' | 'postalAddress'>
}

/** Every way to reach the charity that is known, and plainly what is not known yet. */
export function ContactDetails({ charity }: ContactDetailsProps) {
  const { name, website, contactEmail, contactPhone, postalAddress } = charity
  return (
    <Prose>
      <dl className="grid gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-y-4">
        <dt className="font-semibold">Website</dt>
        <dd className="mb-4 sm:mb-0">
          <a href={website} rel="external">
            {new URL(website).host}
          </a>
        </dd>
        <dt className="font-semibold">Email</dt>
        <dd className="mb-4 sm:mb-0">
          {contactEmail ? <a href={`mailto:${contactEmail}`}>{contactEmail}</a> : notKnown(name)}
        </dd>
        <dt className="font-semibold">Telephone</dt>
        <dd className="mb-4 sm:mb-0">
          {contactPhone ? (
            <a href={`tel:${contactPhone.replace(/[^+\d]/g, '')}`}>{contactPhone}</a>
          ) : (
            notKnown(name)
          )}
        </dd>
        <dt className="font-semibold">Post</dt>
        <dd className="mb-4 sm:mb-0">
          {postalAddress.length > 0
            ? postalAddress.map((line) => (
                <span key={line} className="block">
                  {line}
                </span>
              ))
            : notKnown(name)}
        </dd>
      </dl>
    </Prose>
  )
}

function notKnown(name: string): string {
  return `Not entered here yet. ${name}’s own website may give it.`
}
