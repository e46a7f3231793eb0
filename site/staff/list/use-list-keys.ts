// Lets a person use the keyboard to move through the list, select lines and start a search. The
// keys work while the focus is in the list or nowhere, and do not affect other parts.
import { useEffect, useRef, useState } from 'preact/hooks'
import { isTyping } from '../ui/form.tsx'
import { keyAct, type KeyAct } from './list-keys.ts'
import { NOTHING } from './selection.ts'
import { type ShownList } from './use-list.ts'

export interface ListKeys {
  /** increases when the focus should move to the current line */
  focusAsked: number
  isHelpOpen: boolean
  onHelp: (isOpen: boolean) => void
}

interface Around {
  list: ShownList
  /** the entire list, including search and filters */
  section: { readonly current: HTMLElement | null }
  /** the case that is open beside the list, which handles keys itself */
  reading: string | null
  onReload: () => void
}

export function useListKeys({ list, section, reading, onReload }: Around): ListKeys {
  const [focusAsked, setFocusAsked] = useState(0)
  const [isHelpOpen, onHelp] = useState(false)

  // After unlocking, the focus returns to the line where it was before.
  const start = useRef(list.current)
  useEffect(() => {
    if (!list.places.some(({ id }) => id === start.current)) return
    start.current = null
    if (document.activeElement === document.body) setFocusAsked((asked) => asked + 1)
  }, [list.places])

  const stand = (id: string | undefined): void => {
    if (id === undefined) return
    list.onCurrent(id)
    setFocusAsked((asked) => asked + 1)
  }
  const focusedLine = (): string | null => {
    const focused = document.activeElement?.closest('.row')?.querySelector('.line')
    return focused?.id.replace(/^line-/, '') ?? null
  }

  /** Moves through the tasks, which are all in the document. */
  const moveInTasks = (act: KeyAct): boolean => {
    const lines = [...(section.current?.querySelectorAll<HTMLElement>('.line') ?? [])]
    const at = lines.findIndex((line) => line === document.activeElement)
    if (act.is === 'move') lines[Math.min(lines.length - 1, Math.max(0, at + act.by))]?.focus()
    else if (act.is === 'end') lines.at(act.by === 'first' ? 0 : -1)?.focus()
    else return false
    return true
  }

  /** @returns false when the key has no meaning now, so that another handler may use it */
  const run = (act: KeyAct): boolean => {
    const isOfLines = act.is !== 'search' && act.is !== 'help' && act.is !== 'refresh'
    if (isOfLines && list.shows === 'tasks' && !list.found) return moveInTasks(act)
    const order = list.places.map(({ id }) => id)
    const at = order.indexOf(focusedLine() ?? list.current ?? '')
    const standing = order[at]
    switch (act.is) {
      case 'move': {
        const next = order[Math.min(order.length - 1, Math.max(0, at + act.by))]
        if (act.selects && standing !== undefined && next !== undefined)
          list.onSelect(new Set([...list.selected, standing, next]))
        stand(next)
        return true
      }
      case 'end':
        stand(act.by === 'first' ? order[0] : order.at(-1))
        return true
      case 'select':
      case 'range':
        if (standing === undefined) return false
        if (act.is === 'select') list.onToggle(standing)
        else list.onRange(standing)
        stand(standing)
        return true
      case 'search':
        section.current?.querySelector<HTMLElement>('input[type="search"]')?.focus()
        return true
      case 'help':
        onHelp(true)
        return true
      case 'refresh':
        onReload()
        return true
      case 'clear':
        if (list.selected.size === 0) return false
        list.onSelect(NOTHING)
        return true
    }
  }

  const press = (event: KeyboardEvent): void => {
    const { target } = event
    // An open dialog handles keys itself.
    if (!(target instanceof Element) || isTyping(target) || target.closest('dialog')) return
    const isInside = section.current?.contains(target) === true
    const act = keyAct(event, target.closest('.row') !== null)
    // While a case is open, the list handles only the keys for the search and the shortcuts dialog.
    const isShared = act?.is === 'search' || act?.is === 'help'
    const isFree = target === document.body && reading === null
    if (!isInside && !isFree && !(isShared && reading !== null)) return
    // The surrounding screen ignores an Escape key press whose default action has been prevented.
    if (act && run(act)) event.preventDefault()
  }
  const latest = useRef(press)
  latest.current = press
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => latest.current(event)
    // Captures the event, so that the list receives Escape before the surrounding screen.
    addEventListener('keydown', pressed, { capture: true })
    return () => removeEventListener('keydown', pressed, { capture: true })
  }, [])
  return { focusAsked, isHelpOpen, onHelp }
}
