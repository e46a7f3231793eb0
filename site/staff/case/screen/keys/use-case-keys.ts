// Runs the keys of an open case while the focus is in the case or nowhere. The keys rest
// while a person types, and while a dialog is open. A key that comes too early waits.
import { type RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, type MutableRef } from 'preact/hooks'
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

/** The key that runs once its part of the case is shown. Each case has a key of its own. */
export type WaitingKey = MutableRef<KeyOfCase | null>

/**
 * Keeps a key that is pressed while the case is being opened. The first one stays, so that the
 * letters of a text that follows it press nothing.
 *
 * @param isOpening  false when the case did not open
 */
export function useEarlyKey(waiting: WaitingKey, isOpening: boolean): void {
  useKeys((key) => {
    if (isStep(key) || !isOpening) return false
    waiting.current ??= key
    return true
  })
  useEffect(() => {
    if (!isOpening) waiting.current = null
  }, [isOpening])
}

/**
 * Runs the keys that press a button or focus a field, and the key that waits for its part.
 *
 * @param before  makes the part with the key visible
 */
export function useCaseKeys(
  article: RefObject<HTMLElement>,
  waiting: WaitingKey,
  before: (key: KeyOfCase) => void,
): void {
  const run = (): void => {
    const key = waiting.current
    if (!key) return
    before(key)
    // The other side of the case becomes visible first.
    setTimeout(() => {
      if (waiting.current !== key) return
      if (activate(article.current, key) || isWhole(article.current)) waiting.current = null
    })
  }
  useKeys((key) => {
    if (isStep(key)) return false
    waiting.current = key
    run()
    return true
  })
  useEffect(() => {
    run()
    const parts = new MutationObserver(run)
    if (article.current) parts.observe(article.current, { childList: true, subtree: true })
    return () => parts.disconnect()
  }, [])
}

/** Returns true once the staff's side is shown, which is fetched last. */
const isWhole = (article: HTMLElement | null): boolean =>
  article?.querySelector('#inside-title') !== null

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
  // No key comes between the case that is being opened and the open case.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent): void => latest.current(event)
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

/** Focuses the visible field with this key, or presses the visible button, if there is one. */
function activate(article: HTMLElement | null, key: KeyOfCase): boolean {
  const named = article?.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${key}"]`) ?? []
  const part = [...named].find((each) => each.getClientRects().length > 0)
  part?.focus()
  if (part instanceof HTMLButtonElement) part.click()
  return part !== undefined
}
