// Runs the keys of an open case while the focus is in the case or nowhere. The keys rest
// while a person types, and while a dialog is open.
import { type RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { isTyping } from '../../../ui/form.tsx'
import { caseKeyOf, type KeyOfCase } from './case-keys.ts'

/** @param onStep  shows the case that is so many lines further in the list */
export function useCaseKeys(
  article: RefObject<HTMLElement>,
  onStep: (by: 1 | -1) => void,
  before: (key: KeyOfCase) => void,
): void {
  const press = (event: KeyboardEvent): void => {
    const { target } = event
    if (event.defaultPrevented || !(target instanceof Element) || isTyping(target)) return
    if (target !== document.body && !article.current?.contains(target)) return
    if (document.querySelector('dialog[open]')) return
    const key = caseKeyOf(event)
    if (!key) return
    event.preventDefault()
    if (key === 'J' || key === 'K') onStep(key === 'J' ? 1 : -1)
    else {
      before(key)
      // The other side of the case becomes visible first.
      setTimeout(() => activate(article.current, key))
    }
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
