// Defines the keyboard keys for an open case by their physical position, so that they work in every
// layout. A button or a field declares its key in `aria-keyshortcuts`, which screen readers
// announce.

/**
 * J and K open the next and the previous case. Each of the other keys presses a button or focuses a
 * field.
 */
export const CASE_KEYS = ['B', 'R', 'C', 'W', 'P', 'A', 'L', 'S', 'T', 'E', 'J', 'K'] as const
export type KeyOfCase = (typeof CASE_KEYS)[number]

type Pressed = Pick<
  KeyboardEvent,
  'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'
>

export function caseKeyOf(pressed: Pressed): KeyOfCase | null {
  const { code, shiftKey, ctrlKey, metaKey, altKey, isComposing } = pressed
  if (shiftKey || ctrlKey || metaKey || altKey || isComposing) return null
  return CASE_KEYS.find((key) => code === `Key${key}`) ?? null
}
