// Writes the figure of a fact as the fact's sentence does, for components that set the figure in
// large type.
import type { Language } from '#content/languages.ts'
import { factOf } from '#content/published.ts'
import { keepNumbers, t } from '../../i18n/text.ts'

/**
 * Returns the figure of a fact in the format of the language: 67 429 or 67,429. The figure is a
 * field of the fact, so that no text can contain a figure without a source.
 *
 * @throws when the fact has no figure
 */
export function figureOf(id: string, lang: Language): string {
  const { figure, text } = factOf(id)
  if (figure === undefined) throw new Error(`content/facts.json has no figure for ${id}`)
  const numbers = t(lang, text).match(/\d(?:[\d\s,.]*\d)?/g) ?? []
  const written = numbers.find((number) => Number(number.replace(/\D/g, '')) === figure)
  return keepNumbers(written ?? String(figure))
}
