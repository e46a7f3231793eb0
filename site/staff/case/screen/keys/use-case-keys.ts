// Handles the keyboard keys for an open case while the focus is in the case or nothing has the
// focus. The keys do nothing while a person is typing or while a dialog is open. A key that is
// pressed too early is kept until its part is shown.
import { type RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, type MutableRef } from 'preact/hooks'
import { isTyping } from '../../../ui/form.tsx'
import { caseKeyOf, type KeyOfCase } from './case-keys.ts'

/**
 * Handles J and K, even while the case is loading or cannot be opened.
 *
 * @param onStep  shows the case that is `by` lines further down the list
 */
export function useStepKeys(onStep: (by: 1 | -1) => void): void {
  useKeys((key) => {
    if (isStep(key)) onStep(key === 'J' ? 1 : -1)
    return isStep(key)
  })
}

/**
 * The key that takes effect once its part of the case is shown. Each case keeps its own waiting
 * key.
 */
export type WaitingKey = MutableRef<KeyOfCase | null>

/**
 * Keeps a key that is pressed while the case is loading. Only the first key is kept, so that
 * somebody who starts typing too early does not press further buttons.
 *
 * @param isOpening  false when the case could not be opened
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
 * Handles the keys that press a button or focus a field, and the key that was pressed too early.
 *
 * @param before  shows the part to which the key belongs
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
    // The other side of the case must become visible first.
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

/** Returns true once the staff's side, which is fetched last, is shown. */
const isWhole = (article: HTMLElement | null): boolean =>
  article?.querySelector('#inside-title') !== null

const isStep = (key: KeyOfCase): boolean => key === 'J' || key === 'K'

/** @param run  returns false for a key that it does not handle */
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
  // A layout effect, so that no key press is missed between loading a case and showing it.
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent): void => latest.current(event)
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

/** Focuses the visible field with this key or presses the visible button, if one exists. */
function activate(article: HTMLElement | null, key: KeyOfCase): boolean {
  const named = article?.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${key}"]`) ?? []
  const part = [...named].find((each) => each.getClientRects().length > 0)
  part?.focus()
  if (part instanceof HTMLButtonElement) part.click()
  return part !== undefined
}
