/** What people may let happen to a mail that was sent, to see what the site makes of it. */
export const happenings = [
  { type: 'email.delivered', label: 'It is delivered', answer: 'It was delivered.' },
  { type: 'email.delivery_delayed', label: 'It is delayed', answer: 'It was delayed.' },
  { type: 'email.bounced', label: 'It bounces: no such address', answer: 'It bounced.' },
  { type: 'email.complained', label: 'Its reader calls it spam', answer: 'Its reader called it spam.' },
] as const

export type Happening = (typeof happenings)[number]

/** The one that a form or an address names, or undefined. */
export function happeningOf(type: unknown): Happening | undefined {
  return happenings.find((each) => each.type === type)
}
