/**
 * Returns the beginning of a text, with an ellipsis if the text is longer.
 * @param letters  maximum length in UTF-16 units
 */
export function beginOf(text: string, letters: number): string {
  if (text.length <= letters) return text
  // A lone surrogate would be shown as a box.
  return `${text.slice(0, letters).replace(/[\s\p{Cs}]+$/u, '')}…`
}
