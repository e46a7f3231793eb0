// Tool: a file that came with an answer. Called with the file and the button that was pressed; a picture is seen, a sound heard, and
// anything kept on the phone only after a press of its own.
import type { AnswerFile } from '#protocol/report'
import { callAt } from '../call.ts'
import { make, makeButton, sizeOf, word } from '../files/elements.ts'
import { fetchFile, isFetchable, type Parts } from '../files/fetch-file.ts'
import { pictureOf } from '../files/redraw.ts'
import { transfer } from '../files/transfer.ts'
import { pause } from '../time.ts'
import { page } from '../view.ts'
import { leaveTool } from './leave.ts'

/** After so many failures in a row it is the person who tries again. */
const FAILURES = 6
const begun = new WeakMap<HTMLElement, { box: HTMLElement; parts: Parts; isBusy: boolean }>()

export type ReadFile = (file: AnswerFile, button: HTMLElement) => Promise<void>

const readFile: ReadFile = async (file, button) => {
  callAt(page.hosts)
  const known = begun.get(button)
  const work = known || { box: make('div'), parts: [], isBusy: false }
  if (work.isBusy) return
  work.isBusy = true
  if (!known) {
    begun.set(button, work)
    button.after(work.box)
    work.box.setAttribute('role', 'status')
  }
  const say = (words: string): void => {
    work.box.textContent = words
  }
  let failures = 0
  const show = (): void => {
    failures = 0
    say(word('opening', { n: Math.floor((work.parts.length * file.chunk * 100) / file.size) }))
  }
  say(word('opening', { n: 0 }))
  try {
    if (!isFetchable(file)) throw new Error('no such size')
    const patience = {
      transfer,
      pause,
      now: Date.now,
      isStopped: () => failures >= FAILURES,
      onWait: () => {
        failures++
      },
    }
    const blob = await fetchFile(file, work.parts, patience, show)
    if (!blob) say(word('stuck'))
    else {
      say('')
      button.remove()
      present(work.box, file, blob)
    }
  } catch {
    say(word('broken'))
  }
  work.isBusy = false
}

function present(box: HTMLElement, file: AnswerFile, blob: Blob): void {
  const name = file.name || word('name')
  box.append(make('b', name), make('span', ' · ' + sizeOf(blob.size)), make('p', word('whole')))
  const kind = file.type.split('/')[0]
  if (kind === 'image') {
    const show = makeButton(word('show'), () => {
      void pictureOf(blob).then(
        (picture) => {
          picture.alt = name
          picture.style.maxWidth = '100%'
          show.replaceWith(picture)
        },
        () => {
          show.replaceWith(make('p', word('unseen')))
        },
      )
    })
    box.append(show)
  }
  if (kind === 'audio') {
    const player = make('audio')
    player.controls = true
    player.style.width = '100%'
    player.src = URL.createObjectURL(blob)
    player.setAttribute('aria-label', name)
    box.append(player)
  }
  const save = make('a', word('save'))
  save.href = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
  save.download = name
  save.className = 'tel'
  box.append(make('p', word('warning')), save)
}

leaveTool(readFile)
