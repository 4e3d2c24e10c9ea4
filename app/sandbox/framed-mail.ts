/**
 * The HTML of a mail, with one addition: its links open beside it, as they do from a mail program, and not in the frame
 * it is shown in. A page of ours would refuse to be in there.
 */
export function openLinksBeside(html: string): string {
  const base = '<base target="_blank">'
  const start = /<head(?:\s[^>]*)?>|<html(?:\s[^>]*)?>|<!doctype[^>]*>/gi
  const found = [...html.matchAll(start)]
  const place = found.find(([tag]) => /^<head/i.test(tag)) ?? found.at(-1)
  const end = place ? place.index + place[0].length : 0
  return html.slice(0, end) + base + html.slice(end)
}
