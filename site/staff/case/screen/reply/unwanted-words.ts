// Finds words in a reply that the person asked us not to use. Only quoted words count, because the
// rest of the wish describes actions.
const QUOTED = /["«“„]([^"«»“”„]{2,40})["»”“]/g

const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

/** Returns the words of the wish that occur in the text, as the person wrote them. */
export function unwantedWords(text: string, avoid: string | undefined): string[] {
  const folded = fold(text)
  const words = [...(avoid ?? '').matchAll(QUOTED)].map(([, word = '']) => word.trim())
  return [...new Set(words)].filter((word) => word !== '' && folded.includes(fold(word)))
}
