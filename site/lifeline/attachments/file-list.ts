// Shows the list of files for the report. Each page has only one such list.
import { MAX_FILES } from '#protocol/limits'
import type { SealedFile } from '#protocol/report/plain-report'
import type { ToolContext } from '../dom/loader.ts'
import { byId } from '../dom/by-id.ts'
import { isSending } from '../dom/page-state.ts'
import { make, makeButton, formatSize, word } from '../dom/elements.ts'
import { tellLeft } from './upload-view.ts'
import type { Outgoing } from './upload-file.ts'

export interface Going {
  label: string
  blob: Blob
  /** null while the report does not list the file */
  sealed: SealedFile | null
}

export interface FileRow {
  /** sets the text below the name */
  say: (words: string) => void
  /** inserts elements below the text */
  add: (...elements: HTMLElement[]) => void
  /** shows the size after a change to the file, and makes the page reseal the report */
  settle: () => void
}

export interface List {
  /** the list's element in the visible step; other elements for files may be added */
  box: HTMLElement
  room: () => number
  addRow: (going: Going, picture?: HTMLElement) => FileRow
  /** shows a note in small text and announces it to screen readers */
  tell: (words: string) => void
  /** shows an error; '' removes the error */
  warn: (words: string) => void
  /** makes "Send" wait for `work` and all earlier work; shows `failed` when `work` rejects */
  waitFor: (work: Promise<unknown>, failed: string) => Promise<void>
  /** returns the files of a sealed report in order, with their content at the time of sealing */
  outgoing: (files: SealedFile[]) => Outgoing[]
  /** records the name of an unreadable file, and removes it once the file has been read */
  markRead: (name: string, isRead: boolean) => void
  /** returns the names of chosen files that `files` does not list */
  left: (files: SealedFile[]) => string[]
  /** shows the names of files that the person chose too late for the report */
  refuse: (files: File[]) => void
  /** true when no file can be added, because the report is being sent or has arrived */
  isClosed: () => boolean
}

export function makeFileList(context: ToolContext): List {
  const going: Going[] = []
  /**
   * The content of each description. A row may change later, but a sealed report must not change.
   */
  const described = new WeakMap<SealedFile, Outgoing>()
  const late: string[] = []
  const unread = new Set<string>()
  let pending = Promise.resolve()
  const box = make('div', '', 'field')
  const wrong = make('p', '', 'wrong')
  const status = make('p', '', 'soft')
  const rows = make('ul')
  wrong.setAttribute('role', 'alert')
  status.setAttribute('role', 'status')
  rows.setAttribute('aria-label', word('list'))
  rows.style.cssText = 'list-style:none;margin:0;padding:0'
  box.append(wrong, rows, status)

  const settle = (): void => {
    context.files = []
    for (const { label, blob, sealed } of going)
      if (sealed) {
        described.set(sealed, { label, blob, sealed })
        context.files.push(sealed)
      }
    // Fires `input`, because the draft and the form update on that event.
    byId('form').dispatchEvent(new Event('input'))
  }
  const tell = (words: string): void => {
    status.textContent = words
  }
  const warn = (words: string): void => {
    wrong.textContent = words
    if (words) wrong.scrollIntoView({ block: 'nearest' })
  }
  const isClosed = (): boolean => isSending() || byId('writing').hidden !== false
  // Blocks changes while the report is being sent, because it is already sealed.
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
      size.textContent = ' · ' + formatSize(file.blob.size)
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
      const settled = work.catch(() => {
        warn(failed)
      })
      pending = Promise.all([pending, settled]).then(() => undefined)
      // "Send" must still wait for earlier actions.
      context.ready = Promise.all([context.ready, pending])
      return pending
    },
    markRead: (name, isRead) => {
      if (isRead) unread.delete(name)
      else unread.add(name)
    },
    outgoing: (files) =>
      files
        .map((sealed) => described.get(sealed))
        .filter((file): file is Outgoing => file !== undefined),
    left: (files) => [
      ...going.filter(({ sealed }) => !sealed || !files.includes(sealed)).map(({ label }) => label),
      ...unread,
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
