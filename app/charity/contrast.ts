/** A colour as `#rrggbb`, lower or upper case. */
export type Hex = string

export function isHex(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text)
}

/**
 * How well one colour is read on another, from 1 (not at all) to 21 (black on white).
 * WCAG 2.2, "contrast ratio" and "relative luminance": https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrast(one: Hex, other: Hex): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: Hex): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255)) as [
    number,
    number,
    number,
  ]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
