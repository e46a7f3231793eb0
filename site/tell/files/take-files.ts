// Takes in what the person chose: pictures drawn anew, sound with a way to change the voice, everything else as it is.
import { bytesOf, describe } from './describe.ts'
import { make, makeButton, makeTick, word } from '../tools/elements.ts'
import { hiddenParts, type Hidden } from './hidden-parts.ts'
import type { Going, List } from './list.ts'
import { redraw } from './redraw.ts'
import { slipOf } from './rules.ts'
import { addSound } from './sound.ts'

let pictures = 0

const partsIn = (found: Hidden[]): string => found.map((part) => word('hidden.' + part)).join(', ')

let turn = Promise.resolve()

/** One after another, also when more are chosen meanwhile: a phone has little memory. */
export const takeFiles = (list: List, files: File[]): Promise<void> =>
  (turn = turn.then(() => takeAll(list, files)))

async function takeAll(list: List, files: File[]): Promise<void> {
  list.warn('')
  const slips: string[] = []
  const many: string[] = []
  for (const file of files) {
    const slip = slipOf(file)
    if (slip) slips.push(word(slip, { name: file.name }))
    else if (!list.room()) many.push(file.name)
    else {
      list.tell(word('preparing', { name: file.name }))
      try {
        list.tell(word('added', { name: await take(list, file) }))
      } catch {
        list.tell('')
        slips.push(word('unreadable', { name: file.name }))
      }
    }
  }
  if (many.length) slips.push(word('many', { names: many.join(', ') }))
  list.warn(slips.join(' '))
}

/** Resolves with the name in the list. */
async function take(list: List, file: File): Promise<string> {
  const type = file.type.split('/')[0] || ''
  if (type === 'image' && !/svg/.test(file.type)) return takePicture(list, file)
  const sealed = await describe(file, 'as_is', file.name)
  const going: Going = { label: file.name, blob: file, sealed }
  if (type === 'audio') addSound(list, going, word('as_is.audio'))
  else list.addRow(going).say(word(type === 'video' ? 'as_is.video' : 'as_is.other'))
  return going.label
}

async function takePicture(list: List, file: File): Promise<string> {
  const label = word('picture', { n: ++pictures })
  const hidden = hiddenParts(await bytesOf(file))
  const redrawn = await redraw(file)
  const asItIs = word(hidden.length ? 'kept' : 'kept.none', { what: partsIn(hidden) })
  if (!redrawn) {
    askAboutPicture(list, { label, blob: file, sealed: null }, file, asItIs)
    return label
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
        // The larger one takes longer: what was ticked last counts.
        if (turn !== changes) return
        Object.assign(going, { blob: original ? file : blob, sealed })
        row.say(original ? asItIs : clean)
        row.settle()
      }
      void list.waitFor(change(), word('unreadable', { name: label }))
    }),
  )
  return label
}

/** A picture that cannot be drawn anew here goes along only when the person says so. */
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
