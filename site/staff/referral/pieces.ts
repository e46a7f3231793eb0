// Describes a letter as a tree of text in a few elements. The paper letter, the page and the
// preview render this tree, so that no other markup can leave. The opener of a page imports this
// file too.

/** The elements of a letter. A class follows the dot. */
export const TAGS = [
  ...(['h1', 'h2', 'p', 'p.mark', 'p.words', 'p.sign'] as const),
  ...(['dl', 'div', 'dt', 'dd', 'ul', 'li'] as const),
] as const
export type PieceTag = (typeof TAGS)[number]

/** An element with its child texts and elements. */
export type LetterPiece = readonly [tag: PieceTag, ...inside: (string | LetterPiece)[]]

export interface Letter {
  lang: string
  pieces: readonly LetterPiece[]
}

/** Splits a tag into the name of its element and its class, which may be empty. */
export const elementOf = (tag: PieceTag): readonly [name: string, className: string] => {
  const [name = '', className = ''] = tag.split('.')
  return [name, className]
}
