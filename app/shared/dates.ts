/** A calendar day without a time or a zone: "2020-12-03". Days compare and sort as text. */
export type Day = `${number}-${number}-${number}`

const inWords = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** "2020-12-03" as a reader says it: "3 December 2020". */
export function sayDay(day: Day): string {
  return inWords.format(dateOfDay(day))
}

const inBritain = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: 'Europe/London' })

/** The day that it is in Britain at that moment: a gift of half past midnight in summer is of that day. */
export function dayInBritain(at: Date): Day {
  return inBritain.format(at) as Day
}

/** True when the text is a day of the calendar; "2021-02-30" is not. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

/** The day's midnight in UTC: the form in which a `date` column is written. */
export function dateOfDay(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** The day of a `date` column, which is read as midnight in UTC. */
export function dayOfDate(date: Date): Day {
  return date.toISOString().slice(0, 10) as Day
}
