// Renders a letter that was read from its file. The words are text nodes in an isolated box.
import { h, type ComponentChild } from 'preact'
import { elementOf, type Letter, type LetterPiece } from './pieces.ts'

/** @param letter  see readFile */
export const LetterPreview = ({ letter: { lang, pieces } }: { letter: Letter }) => (
  <article class="letter-preview" lang={lang}>
    {pieces.map(drawn)}
  </article>
)

function drawn([tag, ...inside]: LetterPiece, key: number): ComponentChild {
  const [name, className] = elementOf(tag)
  return h(
    name,
    { key, ...(className && { class: className }) },
    inside.map((each, n) => (typeof each === 'string' ? each : drawn(each, n))),
  )
}
