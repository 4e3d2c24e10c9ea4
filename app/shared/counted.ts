/** How many there are, in the word for one or for any other number: "1 gift", "2 gifts", "1,200 gifts". */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`
}
