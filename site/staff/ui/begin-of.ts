/**
 * Returns the beginning of a text, with an ellipsis if the text is longer.
 * @param letters  maximum length in UTF-16 units
 */
export function beginOf(text: string, letters: number): string {
  if (text.length <= letters) return text
  // Half of a surrogate pair would be shown as a box.
  return `${text.slice(0, letters).replace(/[\s\p{Cs}]+$/u, '')}…`
}
