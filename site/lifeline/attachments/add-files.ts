// Adds the files that the person chose. Pictures are redrawn, and the voice in a recording can be
// disguised. All other files are sent unchanged.
import { readBytes, describe, faultOfFile } from './describe-file.ts'
import { make, makeButton, makeTick, word } from '../dom/elements.ts'
import { findMetadata, type Hidden } from './find-metadata.ts'
import type { Going, List } from './file-list.ts'
import { redraw } from './redraw-picture.ts'
import { addRecordingRow } from './recording-row.ts'

let pictures = 0

const partsIn = (found: Hidden[]): string => found.map((part) => word('hidden.' + part)).join(', ')

let turn = Promise.resolve()

/** Adds files one after another, even across calls, because a phone has little memory. */
export const addFiles = (list: List, files: File[]): Promise<void> =>
  (turn = turn.then(() => takeAll(list, files)))

async function takeAll(list: List, files: File[]): Promise<void> {
  list.warn('')
  const faults: string[] = []
  const many: string[] = []
  for (const file of files) {
    const fault = faultOfFile(file)
    if (fault) faults.push(word(fault, { name: file.name }))
    else if (!list.room()) many.push(file.name)
    else {
      list.tell(word('preparing', { name: file.name }))
      try {
        const { label, sealed } = await take(list, file)
        // "Added" is announced only for a file that the report will list.
        list.tell(word(sealed ? 'added' : 'waits', { name: label }))
        list.markRead(file.name, true)
      } catch {
        list.tell('')
        list.markRead(file.name, false)
        faults.push(word('unreadable', { name: file.name }))
      }
    }
  }
  if (many.length) faults.push(word('many', { names: many.join(', ') }))
  list.warn(faults.join(' '))
}

/** Adds one file and returns its list entry. The entry may wait for the person's consent. */
async function take(list: List, file: File): Promise<Going> {
  const type = file.type.split('/')[0] || ''
  if (type === 'image' && !/svg/.test(file.type)) return takePicture(list, file)
  const sealed = await describe(file, 'as_is', file.name)
  const going: Going = { label: file.name, blob: file, sealed }
  if (type === 'audio') addRecordingRow(list, going, word('as_is.audio'))
  else list.addRow(going).say(word(type === 'video' ? 'as_is.video' : 'as_is.other'))
  return going
}

async function takePicture(list: List, file: File): Promise<Going> {
  const label = word('picture', { n: ++pictures })
  const hidden = findMetadata(await readBytes(file))
  const redrawn = await redraw(file)
  const asItIs = word(hidden.length ? 'kept' : 'kept.none', { what: partsIn(hidden) })
  if (!redrawn) {
    const waiting: Going = { label, blob: file, sealed: null }
    askAboutPicture(list, waiting, file, asItIs)
    return waiting
  }
  const { blob } = redrawn
  const clean = word(hidden.length ? 'redrawn' : 'redrawn.none', { what: partsIn(hidden) })
  const going: Going = { label, blob, sealed: await describe(blob, 'redrawn') }
  redrawn.small.setAttribute('aria-hidden', 'true')
  const row = list.addRow(going, redrawn.small)
  row.say(clean)
  let changes = 0
  row.add(
    makeTick(word('evidence'), (original) => {
      const change = async (): Promise<void> => {
        const turn = ++changes
        const sealed = await (original
          ? describe(file, 'as_is', file.name)
          : describe(blob, 'redrawn'))
        // A large original takes longer to hash, so only the last change to the checkbox counts.
        if (turn !== changes) return
        Object.assign(going, { blob: original ? file : blob, sealed })
        row.say(original ? asItIs : clean)
        row.settle()
      }
      void list.waitFor(change(), word('unreadable', { name: label }))
    }),
  )
  return going
}

/** Asks before the report lists the unchanged picture, because this browser cannot redraw it. */
function askAboutPicture(list: List, going: Going, file: File, asItIs: string): void {
  const row = list.addRow(going)
  row.say(word('undrawn') + ' ' + asItIs)
  const place = make('p')
  const yes = makeButton(word('take'), () => {
    const change = async (): Promise<void> => {
      going.sealed = await describe(file, 'as_is', file.name)
      place.remove()
      row.say(asItIs)
      row.settle()
      list.tell(word('added', { name: going.label }))
    }
    void list.waitFor(change(), word('unreadable', { name: going.label }))
  })
  place.append(yes)
  row.add(place)
}
