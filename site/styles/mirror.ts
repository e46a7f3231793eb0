// Mirrors style sheets for languages that are written from right to left. The style sheets use left
// and right, because the oldest browsers do not support logical properties. Left-to-right pages
// keep their styles byte for byte.
import { directionOf } from '#content/languages.ts'

/** A declaration in a minified style sheet. */
const DECLARATION = /(?<=[{;])([a-z-]+):([^;{}]+)(?=[;}])/g
/** The parts of a value; a function counts as one part. */
const PARTS = /(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g
/** Properties with a value for each side: top, right, bottom, left. */
const FOUR_SIDES = /^(margin|padding|inset|border-(width|color|style)|scroll-(margin|padding))$/
const SIDE_VALUES = /^(text-align|float|clear)$/
/** Numbers run from left to right in every language. */
const NUMBERS =
  '[href^="tel:"],[href^="sms:"]{unicode-bidi:plaintext}' +
  '[href^="tel:"] b,[href^="sms:"] b,.receipt,#receipt,#count,.numbers dd,.paper b' +
  '{direction:ltr;unicode-bidi:isolate}' +
  '[href^="tel:"] b,[href^="sms:"] b,.receipt,#receipt{text-align:right}'
/**
 * Mirrors large drawings together with the style sheet, because the words are placed on the
 * drawings' empty side.
 */
const DRAWINGS = '.house,.keeping{transform:scaleX(-1)}'

const swapped = (text: string): string =>
  text.replace(/left|right/g, (side) => (side === 'left' ? 'right' : 'left'))

const negated = (length: string): string =>
  /^0\D*$/.test(length) ? length : length.startsWith('-') ? length.slice(1) : `-${length}`

function mirroredValue(property: string, value: string): string {
  if (SIDE_VALUES.test(property)) return swapped(value)
  if (property === 'transform')
    return value.replace(
      /((?:rotate|translateX)\()([^(),]+)\)/g,
      (_, name: string, amount: string) => `${name}${negated(amount)})`,
    )
  // The minifier writes `to left` as `270deg`.
  if (property === 'mask-image')
    return value.replace(/\((\d+)deg/g, (_, angle: string) => `(${360 - Number(angle)}deg`)
  if (property === 'box-shadow')
    return value.replace(/^(inset )?(-?[\d.]+\w*)/, (_, inset: string | undefined, x: string) =>
      [inset ?? '', negated(x)].join(''),
    )
  const [words = '', important = ''] = /^(.*?)(!important)?$/.exec(value)?.slice(1) ?? []
  const [top = '', right = '', bottom = '', left = ''] = words.match(PARTS) ?? []
  if (FOUR_SIDES.test(property) && left !== '')
    return [top, left, bottom, right].join(' ') + important
  if (property === 'border-radius' && bottom !== '' && !words.includes('/'))
    return [right, top, left || right, bottom].join(' ') + important
  return value
}

/** Mirrors a minified style sheet. */
export const mirrored = (css: string): string =>
  css.replace(DECLARATION, (_, property: string, value: string) => {
    const name = property.startsWith('--') ? property : swapped(property)
    return `${name}:${mirroredValue(property, value)}`
  })

/** Returns the style of a page in a language: mirrored, but with numbers from left to right. */
export const styleFor = (lang: string, css: string): string =>
  directionOf(lang) === undefined ? css : mirrored(css) + NUMBERS + DRAWINGS
