// Finds and adds elements for both halves of the offer check. The build makes the page and its
// script together, so a missing element is a fault in the build.
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

/** Appends an element with a text to another element, and returns the new element. */
export function addChild<K extends 'li' | 'a' | 'mark'>(
  into: Element,
  name: K,
  text: string | null = null,
): HTMLElementTagNameMap[K] {
  const element = into.appendChild(document.createElement(name))
  element.textContent = text
  return element
}
