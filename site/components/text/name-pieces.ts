// Splits a text at an untranslated name. A screen reader then pronounces the name correctly.
import type { Language } from '#content/languages.ts'
import type { Fact } from '#content/schema.ts'

export interface NamePiece {
  text: string
  /** The language of the piece, if it differs from the page's. */
  lang?: string | undefined
}

/** Returns the pieces of a fact's sentence or of its source, in order. */
export function namePieces(text: string, { name, nameLang }: Fact, lang: Language): NamePiece[] {
  if (name === undefined || nameLang === lang) return [{ text }]
  const [before = '', ...after] = text.split(name)
  if (after.length === 0) return [{ text }]
  return [{ text: before }, { text: name, lang: nameLang }, { text: after.join(name) }]
}
