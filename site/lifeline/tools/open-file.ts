// Tool: opens a file that is attached to a reply. The page passes the file and the pressed button
// to the tool. The person must press again to see a picture, to play a sound or to save the file.
import type { ReplyFile } from '#protocol/report/plain-report'
import { callAt } from '../network/api.ts'
import { make, makeButton, formatSize, word } from '../dom/elements.ts'
import { fetchFile, isFetchable, type OpenedChunks } from '../attachments/fetch-file.ts'
import { pictureOf } from '../attachments/redraw-picture.ts'
import { transfer } from '../network/chunk.ts'
import { pause } from '../network/timeout.ts'
import { page } from '../dom/page.ts'
import { registerTool } from './register.ts'

/**
 * The number of consecutive failures after which the transfer stops. The person may then press
 * again.
 */
const FAILURES = 6

interface Work {
  box: HTMLElement
  said: HTMLElement
  parts: OpenedChunks
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

export type ReadFile = (file: ReplyFile, button: HTMLElement) => Promise<void>

const readFile: ReadFile = async (file, button) => {
  const work = workOf(button)
  if (work.isBusy) return
  work.isBusy = true
  callAt(page.hosts)
  let failures = 0
  const show = (): void => {
    failures = 0
    const share = Math.min(1, (work.parts.length * file.chunk) / file.size)
    work.said.textContent = word('opening', { n: Math.floor(share * 100) || 0 })
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
        show.remove()
        place.append(picture)
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

function present(box: HTMLElement, file: ReplyFile, blob: Blob): void {
  const name = file.name || word('name')
  const kind = file.type.split('/')[0]
  const title = make('div')
  title.append(make('b', name), make('span', ' · ' + formatSize(blob.size)))
  box.prepend(title)
  if (kind === 'image') box.append(showOnPress(blob, name))
  if (kind === 'audio') box.append(playerOf(blob, name))
  const save = make('a', word('save'))
  // The type makes the browser save the file. A file from the staff never opens as a page.
  save.href = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
  save.download = name
  save.style.cssText = 'display:inline-block;padding:12px 0'
  box.append(make('div', word('warning')), save)
}

registerTool(readFile)
