// Tool: offers the sealed report as a carried letter, which anybody can carry to a place with a
// network. A letter is offered as text, as a file, or as QR codes. The system's share sheet can
// send a letter.
import { cutEnvelope } from '#protocol/report/carried-letter'
import { groupReceipt } from '#protocol/report/receipt'
import { hasWords } from '#protocol/report/plain-report'
import { languages } from '#content/languages.ts'
import { qrCode } from '../../components/paper/qr.ts'
import type { Tool } from '../dom/loader.ts'
import { byId } from '../dom/by-id.ts'
import { page } from '../dom/page.ts'
import { word } from '../dom/elements.ts'
import { registerTool } from './register.ts'
import { add, addButton, addWay, copyFrom, openPanel, saveFile } from '../dom/panel.ts'

/**
 * Number of characters in a QR code with 77 modules per side, at the lowest error correction level.
 * Cheap cameras read such a code at three pixels per module.
 */
const CODE_LETTERS = 734
/**
 * Maximum number of characters in a piece of a letter that is sent as text. The heading and the
 * piece together have fewer than 4,096 characters, because Telegram splits longer messages.
 */
const TEXT_LETTERS = 3300

/**
 * The addresses of the pages that accept the letter, and nothing else, because other people may
 * read the messages.
 */
const head = languages
  .map((lang) => lang + ' ' + String(page.hosts[0]) + '/' + lang + '/send/')
  .join('\n')

const shareLetter: Tool = async (context, button) => {
  const panel = openPanel(button.closest('#ways') || button, word('title'))
  if (!hasWords(byId<HTMLTextAreaElement>('text').value)) {
    add(panel, 'p', word('empty'))
    return
  }
  const envelope = await context.seal()
  if (document.querySelector('[name=noReceipt]:checked')) add(panel, 'p', word('numberless'))
  else {
    add(panel, 'p', word('number'))
    add(panel, 'p', groupReceipt(context.receipt), 'receipt')
  }
  add(panel, 'p', word('honest'))
  if (context.files.length) add(panel, 'p', word('files'))

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
    // Otherwise Firefox would store the text in its session file.
    field.autocomplete = 'off'
    field.rows = 3
    field.value = text
    field.setAttribute('aria-label', word('text') + place)
    const copy = addButton(way, word('copy') + place, () => {
      copyFrom(field, copy)
    })
  })
  // Most computers and Firefox on phones have no share sheet.
  if ('share' in navigator)
    addButton(way, word('share'), () =>
      // `share` rejects when the person closes the sheet. Closing the sheet is not an error.
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
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" ` +
          `shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/>` +
          `<path d="${path}"/></svg>`,
      )}`
      picture.alt = word('code', { n: place })
      picture.style.width = '100%'
      picture.style.maxWidth = '26rem'
    })
  })
}

registerTool(shareLetter)
