// Defines the keys of an open case by their position on the keyboard, so that they work with every
// layout. A button or a field names its key in `aria-keyshortcuts`, which screen readers read out.

/** J and K open the next and the previous case. The other keys press a button or focus a field. */
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
