// Tool: the locked letter, to be taken to a network by anybody: as text, as a file, by the system's share sheet, as codes.
import { cutEnvelope } from '#protocol/hand-over'
import { groupReceipt } from '#protocol/receipt'
import { hasWords } from '#protocol/report'
import { qrCode } from '../../components/qr.ts'
import { languages } from '../../i18n/languages.ts'
import type { Tool } from '../tools.ts'
import { byId, page } from '../view.ts'
import { word } from './elements.ts'
import { leaveTool } from './leave.ts'
import { add, addButton, addWay, copyFrom, openPanel, saveFile } from './parts.ts'

/** A code of 77 modules at the lowest correction: cheap cameras read it at three pixels a module. */
const CODE_LETTERS = 734
/** With its head it stays below the 4,096 characters at which Telegram cuts a message in two. */
const TEXT_LETTERS = 3300

/** Where it is to be pasted, and not a word more: it is read by whoever reads the messenger. */
const head = languages
  .map((lang) => lang + ' ' + String(page.hosts[0]) + '/' + lang + '/send/')
  .join('\n')

const hand: Tool = async (desk, button) => {
  const panel = openPanel(button.closest('#ways') || button, word('title'))
  if (!hasWords(byId<HTMLTextAreaElement>('text').value)) {
    add(panel, 'p', word('empty'))
    return
  }
  const envelope = await desk.seal()
  if (document.querySelector('[name=noReceipt]:checked')) add(panel, 'p', word('numberless'))
  else {
    add(panel, 'p', word('number'))
    add(panel, 'p', groupReceipt(desk.receipt), 'receipt')
  }
  add(panel, 'p', word('honest'))
  if (desk.files.length) add(panel, 'p', word('files'))

  const texts = (await cutEnvelope(envelope, TEXT_LETTERS)).map(
    (piece) => head + '\n\n' + piece + '\n',
  )
  offerText(panel, texts)
  offerFile(panel, texts.join('\n'))
  offerCodes(panel, await cutEnvelope(envelope, CODE_LETTERS))
}

function offerText(panel: HTMLElement, texts: string[]): void {
  const way = addWay(panel, word('text'), word('text_leaves'))
  if (texts.length > 1) add(way, 'p', word('several', { n: texts.length }))
  texts.forEach((text, at) => {
    const place = texts.length > 1 ? ` ${String(at + 1)} / ${String(texts.length)}` : ''
    const field = add(way, 'textarea')
    field.readOnly = true
    field.rows = 3
    field.value = text
    field.setAttribute('aria-label', word('text') + place)
    const copy = addButton(way, word('copy') + place, () => {
      copyFrom(field, copy)
    })
  })
  // Absent on most computers and in Firefox on phones.
  if ('share' in navigator)
    addButton(way, word('share'), () =>
      // Whoever closes the sheet has changed their mind: nothing to tell.
      navigator.share({ text: texts.join('\n') }).catch(() => null),
    )
}

function offerFile(panel: HTMLElement, text: string): void {
  const way = addWay(panel, word('file'), word('file_leaves'))
  addButton(way, word('file_save'), () => {
    saveFile(word('file_name'), new Blob([text], { type: 'text/plain' }))
  })
}

function offerCodes(panel: HTMLElement, pieces: string[]): void {
  const way = addWay(panel, word('codes'), word('codes_leaves'))
  const show = addButton(way, word('codes_show', { n: pieces.length }), () => {
    show.remove()
    pieces.forEach((piece, at) => {
      const place = `${String(at + 1)} / ${String(pieces.length)}`
      add(way, 'p', place)
      const picture = add(way, 'img')
      const { side, path } = qrCode(piece, 'L')
      picture.src = `data:image/svg+xml,${encodeURIComponent(
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(side)} ${String(side)}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${String(side)}v${String(side)}H0z"/><path d="${path}"/></svg>`,
      )}`
      picture.alt = word('code', { n: place })
      picture.style.width = '100%'
      picture.style.maxWidth = '26rem'
    })
  })
}

leaveTool(hand)
