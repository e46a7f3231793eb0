// Defines the list's keys by their physical positions, so that they work with every keyboard
// layout. The keys do nothing while a person types.

/** The action that a key requests. */
export type KeyAct =
  | { is: 'move'; by: number; selects: boolean }
  | { is: 'end'; by: 'first' | 'last' }
  | { is: 'select' }
  | { is: 'range' }
  | { is: 'search' }
  | { is: 'help' }
  | { is: 'refresh' }
  | { is: 'clear' }

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'
>

/**
 * @param isOnLine  true while a line has the focus, so that the arrow keys and Home move within the
 * list
 */
export function keyAct(pressed: Pressed, isOnLine: boolean): KeyAct | null {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey, isComposing } = pressed
  if (ctrlKey || metaKey || altKey || isComposing) return null
  if (key === '?') return { is: 'help' }
  if (isOnLine)
    switch (key) {
      case 'ArrowDown':
        return { is: 'move', by: 1, selects: shiftKey }
      case 'ArrowUp':
        return { is: 'move', by: -1, selects: shiftKey }
      case 'Home':
        return { is: 'end', by: 'first' }
      case 'End':
        return { is: 'end', by: 'last' }
    }
  switch (code) {
    case 'KeyJ':
      return { is: 'move', by: 1, selects: shiftKey }
    case 'KeyK':
      return { is: 'move', by: -1, selects: shiftKey }
    case 'KeyX':
      return { is: shiftKey ? 'range' : 'select' }
    case 'KeyN':
      return { is: 'refresh' }
    case 'Slash':
      return { is: shiftKey ? 'help' : 'search' }
    case 'Escape':
      return { is: 'clear' }
    default:
      return key === '/' ? { is: 'search' } : null
  }
}
