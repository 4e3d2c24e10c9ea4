/** True for the last part of a permanent address or an anchor: "humanitarian-aid", lower case, parted by hyphens. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)
}
