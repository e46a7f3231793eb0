// Tool: a file that came with an answer. Called with the file and the button that was pressed; a picture is seen, a sound heard, and
// anything kept on the phone only after a press of its own.
import type { AnswerFile } from '#protocol/report'
import { callAt } from '../call.ts'
import { make, makeButton, sizeOf, word } from './elements.ts'
import { fetchFile, isFetchable, type Parts } from '../files/fetch-file.ts'
import { pictureOf } from '../files/redraw.ts'
import { transfer } from '../files/transfer.ts'
import { pause } from '../time.ts'
import { page } from '../view.ts'
import { leaveTool } from './leave.ts'

/** After so many failures in a row it is the person who tries again. */
const FAILURES = 6

interface Work {
  box: HTMLElement
  said: HTMLElement
  parts: Parts
  isBusy: boolean
}

const begun = new WeakMap<HTMLElement, Work>()

function workOf(button: HTMLElement): Work {
  const known = begun.get(button)
  if (known) return known
  const work = { box: make('div'), said: make('div', '', 'soft'), parts: [], isBusy: false }
  work.said.setAttribute('role', 'status')
  work.box.tabIndex = -1
  work.box.append(work.said)
  button.after(work.box)
  begun.set(button, work)
  return work
}

export type ReadFile = (file: AnswerFile, button: HTMLElement) => Promise<void>

const readFile: ReadFile = async (file, button) => {
  const work = workOf(button)
  if (work.isBusy) return
  work.isBusy = true
  callAt(page.hosts)
  let failures = 0
  const show = (): void => {
    failures = 0
    const come = Math.min(1, (work.parts.length * file.chunk) / file.size)
    work.said.textContent = word('opening', { n: Math.floor(come * 100) || 0 })
  }
  show()
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
    work.said.textContent = word(blob ? 'whole' : 'stuck')
    if (blob) {
      present(work.box, file, blob)
      button.remove()
      work.box.focus()
    }
  } catch {
    work.said.textContent = word('broken')
  }
  work.isBusy = false
}

function showOnPress(blob: Blob, name: string): HTMLElement {
  const place = make('div')
  const show = makeButton(word('show'), () => {
    void pictureOf(blob).then(
      (picture) => {
        picture.alt = name
        picture.style.maxWidth = '100%'
        place.replaceChildren(picture)
      },
      () => {
        place.textContent = word('unseen')
      },
    )
  })
  place.append(show)
  return place
}

function playerOf(blob: Blob, name: string): HTMLElement {
  const player = make('audio')
  player.controls = true
  player.style.width = '100%'
  player.src = URL.createObjectURL(blob)
  player.setAttribute('aria-label', name)
  return player
}

function present(box: HTMLElement, file: AnswerFile, blob: Blob): void {
  const name = file.name || word('name')
  const kind = file.type.split('/')[0]
  const title = make('div')
  title.append(make('b', name), make('span', ' · ' + sizeOf(blob.size)))
  box.prepend(title)
  if (kind === 'image') box.append(showOnPress(blob, name))
  if (kind === 'audio') box.append(playerOf(blob, name))
  const save = make('a', word('save'))
  // Nothing that staff send is ever opened as a page.
  save.href = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
  save.download = name
  save.style.cssText = 'display:inline-block;padding:12px 0'
  box.append(make('div', word('warning')), save)
}

leaveTool(readFile)
