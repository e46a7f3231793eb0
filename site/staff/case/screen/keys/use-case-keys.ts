// Runs the keys of an open case while the focus is in the case or nowhere. The keys rest
// while a person types, and while a dialog is open.
import { type RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { isTyping } from '../../../ui/form.tsx'
import { caseKeyOf, type KeyOfCase } from './case-keys.ts'

/**
 * Runs J and K, also while the case is being opened or does not open.
 *
 * @param onStep  shows the case that is so many lines further in the list
 */
export function useStepKeys(onStep: (by: 1 | -1) => void): void {
  useKeys((key) => {
    if (isStep(key)) onStep(key === 'J' ? 1 : -1)
    return isStep(key)
  })
}

/**
 * Runs the keys that press a button or focus a field.
 *
 * @param before  makes the part with the key visible
 */
export function useCaseKeys(
  article: RefObject<HTMLElement>,
  before: (key: KeyOfCase) => void,
): void {
  useKeys((key) => {
    if (isStep(key)) return false
    before(key)
    // The other side of the case becomes visible first.
    setTimeout(() => activate(article.current, key))
    return true
  })
}

const isStep = (key: KeyOfCase): boolean => key === 'J' || key === 'K'

/** @param run  returns false for a key that it leaves to others */
function useKeys(run: (key: KeyOfCase) => boolean): void {
  const press = (event: KeyboardEvent): void => {
    const { target } = event
    if (event.defaultPrevented || !(target instanceof Element) || isTyping(target)) return
    if (target !== document.body && !target.closest('.report')) return
    if (document.querySelector('dialog[open]')) return
    const key = caseKeyOf(event)
    if (key && run(key)) event.preventDefault()
  }
  const latest = useRef(press)
  latest.current = press
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => latest.current(event)
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

/** Focuses the visible field with this key, or presses the visible button. */
function activate(article: HTMLElement | null, key: KeyOfCase): void {
  const named = article?.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${key}"]`) ?? []
  const part = [...named].find((each) => each.getClientRects().length > 0)
  part?.focus()
  if (part instanceof HTMLButtonElement) part.click()
}
