// The list of what goes along with the report: in sight in the steps where something can be added, and nowhere twice.
import { MAX_FILES } from '#protocol/limits'
import type { SealedFile } from '#protocol/report'
import type { Desk } from '../tools.ts'
import { byId } from '../view.ts'
import { make, makeButton, sizeOf, word } from '../tools/elements.ts'
import { tellLeft } from './left.ts'
import type { Outgoing } from './send-files.ts'

export interface Going {
  label: string
  blob: Blob
  /** null: it does not go along, or not yet */
  sealed: SealedFile | null
}

export interface Row {
  /** what the person reads below the name */
  say: (words: string) => void
  /** puts an element under the words */
  add: (...elements: HTMLElement[]) => void
  /** after a change of what goes: its size is shown, the report is sealed anew */
  settle: () => void
}

export interface List {
  /** stands in the step that is seen; what else belongs to files may be put into it */
  box: HTMLElement
  room: () => number
  addRow: (going: Going, picture?: HTMLElement) => Row
  /** said quietly, and to the reader's voice */
  tell: (words: string) => void
  /** what went wrong; '' takes it away */
  warn: (words: string) => void
  /** "Send" waits for `work`, and for all before it; what it throws is told as `failed` */
  waitFor: (work: Promise<unknown>, failed: string) => Promise<void>
  /** what `files`, the list of a sealed report, stands for: the same files in the same order, as they were then */
  outgoing: (files: SealedFile[]) => Outgoing[]
  /** names of what the person chose and `files` does not list */
  left: (files: SealedFile[]) => string[]
  /** says of what came too late that it does not go along, and why */
  refuse: (files: File[]) => void
  /** nothing more can go along: the report is being sent, or has arrived */
  isClosed: () => boolean
}

export function makeList(desk: Desk): List {
  const going: Going[] = []
  /** Each description with what it describes: a row may change later, what was sealed may not. */
  const described = new WeakMap<SealedFile, Outgoing>()
  const late: string[] = []
  let pending = Promise.resolve()
  const text = byId<HTMLTextAreaElement>('text')
  const box = make('div', '', 'field')
  const wrong = make('p', '', 'wrong')
  const told = make('p', '', 'soft')
  const rows = make('ul')
  wrong.setAttribute('role', 'alert')
  told.setAttribute('role', 'status')
  rows.setAttribute('aria-label', word('list'))
  rows.style.cssText = 'list-style:none;margin:0;padding:0'
  box.append(wrong, rows, told)

  const settle = (): void => {
    desk.files = going.flatMap(({ label, blob, sealed }) => {
      if (!sealed) return []
      described.set(sealed, { label, blob, sealed })
      return [sealed]
    })
    // As if it had been typed: the links of the page open beside it from now on.
    byId('form').dispatchEvent(new Event('input'))
    dispatchEvent(new Event('input'))
  }
  const tell = (words: string): void => {
    told.textContent = words
  }
  const warn = (words: string): void => {
    wrong.textContent = words
    if (words) wrong.scrollIntoView({ block: 'nearest' })
  }
  const isClosed = (): boolean => text.readOnly || byId<HTMLDivElement>('writing').hidden !== false
  // What is being sent is sealed already: nothing may change in it.
  box.addEventListener(
    'click',
    (event) => {
      if (!isClosed()) return
      event.preventDefault()
      event.stopPropagation()
    },
    true,
  )

  const addRow: List['addRow'] = (file, picture) => {
    const row = make('li')
    row.style.cssText = 'padding:12px 0;border-bottom:1px solid'
    const name = make('b', file.label)
    const size = make('span')
    const note = make('p', '', 'soft')
    note.style.marginBottom = '8px'
    const remove = makeButton(word('remove'), () => {
      going.splice(going.indexOf(file), 1)
      row.remove()
      settle()
      tell(word('removed', { name: file.label }))
      rows.focus()
    })
    remove.setAttribute('aria-label', word('remove') + ': ' + file.label)
    if (picture) {
      picture.style.cssText = 'float:right;margin-left:12px'
      row.append(picture)
    }
    row.append(name, size, note, remove)
    rows.append(row)
    going.push(file)
    const resettle = (): void => {
      size.textContent = ' · ' + sizeOf(file.blob.size)
      settle()
    }
    resettle()
    return {
      say: (words) => {
        note.textContent = words
      },
      add: (...elements) => {
        for (const element of elements) row.insertBefore(element, remove)
      },
      settle: resettle,
    }
  }
  rows.tabIndex = -1

  return {
    box,
    room: () => MAX_FILES - going.length,
    addRow,
    tell,
    warn,
    waitFor: (work, failed) => {
      const told = work.catch(() => {
        warn(failed)
      })
      pending = Promise.all([pending, told]).then(() => undefined)
      // What was pressed besides is still waited for.
      desk.ready = Promise.all([desk.ready, pending])
      return pending
    },
    outgoing: (files) => files.map((sealed) => described.get(sealed) as Outgoing),
    left: (files) => [
      ...going.flatMap(({ label, sealed }) => (sealed && files.includes(sealed) ? [] : [label])),
      ...late,
    ],
    refuse: (files) => {
      const names = files.map(({ name }) => name)
      late.push(...names)
      if (byId('writing').hidden) tellLeft(names)
      else warn(word('late', { names: names.join(', ') }))
    },
    isClosed,
  }
}
