// Finds elements for both halves of the offer check. The build makes page and script together,
// so a missing element is a fault of the build.
import { type Answer } from './judge-offer.ts'

export const all = <T extends Element>(selector: string, within: ParentNode = document): T[] =>
  Array.from(within.querySelectorAll<T>(selector))

export function the<T extends Element>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector)
  if (found === null) throw new Error(selector)
  return found
}

export const answerOf = (question: Element): Answer | null =>
  (question.querySelector<HTMLInputElement>(':checked')?.value ?? null) as Answer | null

/** Writes one item for each question: why it matters, or a link to the question itself. */
export function list(into: Element, questions: readonly Element[], what: 'why' | 'link'): void {
  into.textContent = ''
  for (const question of questions) {
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = `#${question.id}`
    const holder = what === 'why' ? item : item.appendChild(link)
    holder.textContent =
      question.querySelector(what === 'why' ? '.why' : 'legend')?.textContent ?? ''
    into.appendChild(item)
  }
}
