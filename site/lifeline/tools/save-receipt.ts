// Tool: adds the next steps to the receipt, and four visible and two collapsed ways to keep the
// number. The page runs this tool when the report has arrived. The tool stores nothing until the
// person asks for something to be stored.
import { stepsTaken } from '../../enhance/replace-steps.ts'
import { drawings, SHORT_CURL } from '../../components/pictures/drawings.ts'
import type { IconName } from '../../components/pictures/icons.ts'
import { byId } from '../dom/by-id.ts'
import { make, word } from '../dom/elements.ts'
import { add } from '../dom/panel.ts'
import { copyReceipt } from '../form/receipt.ts'
import { accentOf, addDrawing, addIcon, makeDrawing } from './add-icon.ts'
import {
  offerContact,
  offerCopy,
  offerPaper,
  offerPicture,
  offerReminder,
  offerVoice,
} from './receipt-ways.ts'
import { registerTool } from './register.ts'

/** Adds the ways to keep the number, and the next steps, to the receipt on the page. */
export type SaveReceipt = () => void

/** The tiles. Each tile has a key for its words, an icon, and the panel that the tile opens. */
const TILES: readonly [
  key: string,
  icon: IconName,
  offer: (panel: HTMLElement, shown: string) => HTMLElement,
][] = [
  ['copy', 'copy', offerCopy],
  ['picture', 'picture', offerPicture],
  ['contact', 'contact', offerContact],
  ['reminder', 'clock', offerReminder],
]

// The build renames the page's colours, so a tool uses classes and currentcolor.
const TILE =
  'flex:1 1 auto;min-width:44px;min-height:68px;margin:4px;padding:4px 0;border:0;' +
  'background:none;font-size:.8rem;font-weight:400;line-height:1.15;overflow-wrap:normal'
const ROUND =
  'display:block;box-sizing:content-box;width:1.35rem;height:1.35rem;margin:0 auto 4px;' +
  'padding:9px;border:2px solid;border-radius:50%'

/** Shows only one tile's panel at a time. Typed words remain in the fields of a hidden panel. */
function addTiles(row: HTMLElement, panel: HTMLElement, shown: string): HTMLButtonElement[] {
  const made = TILES.map(([key, icon, offer]) => {
    const tile = add(row, 'button')
    tile.type = 'button'
    tile.style.cssText = TILE
    addIcon(tile, icon).style.cssText = ROUND
    tile.append(word(key))
    const way = offer(panel, shown)
    ;(way.firstElementChild as HTMLElement).style.marginTop = '0'
    return { tile, way }
  })
  const show = (chosen: HTMLElement | null): void => {
    for (const { tile, way } of made) {
      way.hidden = tile !== chosen
      tile.setAttribute('aria-expanded', String(tile === chosen))
    }
    panel.hidden = !chosen
  }
  for (const { tile, way } of made)
    tile.addEventListener('click', () => {
      show(way.hidden ? tile : null)
    })
  show(null)
  return made.map(({ tile }) => tile)
}

function offerWays(shown: string): void {
  const row = make('div')
  row.setAttribute('role', 'group')
  row.setAttribute('aria-label', word('title'))
  row.style.cssText = 'display:flex;flex-wrap:wrap;margin:0 -4px .5rem'
  const status = make('p')
  status.setAttribute('role', 'status')
  status.style.margin = '0'
  status.style.fontWeight = '700'
  const panel = make('section', '', 'note')
  panel.id = 'panel-hold'
  panel.style.marginBottom = '.75rem'
  const fold = make('details')
  fold.style.marginBottom = '.75rem'
  add(fold, 'summary', word('rest'))
  offerVoice(fold, shown)
  offerPaper(fold)
  byId('receipt').nextElementSibling?.after(row, status, panel, fold)
  const [copy] = addTiles(row, panel, shown)
  copy?.addEventListener('click', () => {
    status.textContent = word(copyReceipt() ? 'say.copied' : 'copy_none')
  })
  row.addEventListener('click', ({ target }) => {
    if (!copy?.contains(target as Node)) status.textContent = ''
  })
}

/**
 * Makes every printout of this page show only the number, even when the person prints from the
 * browser's menu.
 */
function printOnlyNumber(): void {
  const others = ['body>:not(main)', 'main>:not(#done)', '#done>:not(#numbered)']
  const rest = [...others, '#numbered>:not(#receipt)'].join()
  document.styleSheets[0]?.insertRule('@media print{' + rest + '{display:none!important}}', 0)
}

/**
 * Draws the horn curl beside the heading. A narrow screen or large text leaves no room for the
 * curl.
 */
function drawCurl(): void {
  const heading = byId('arrived')
  const panel = heading.parentElement
  if (!panel) return
  panel.style.cssText = 'grid-template-columns:auto 1fr;grid-column-gap:14px'
  heading.style.margin = '0 0 .25rem'
  const curl = makeDrawing(SHORT_CURL, '0 0 48 28')
  curl.style.cssText = 'grid-row:1/3;width:52px;margin:auto;stroke-width:3.4'
  curl.style.color = accentOf(panel)
  heading.before(curl)
  const room = matchMedia('(min-width:21.1rem)')
  const makeRoom = (): void => {
    panel.style.display = room.matches ? 'grid' : 'block'
    curl.style.display = room.matches ? '' : 'none'
  }
  room.onchange = makeRoom
  makeRoom()
}

/** Returns the link to the page that shows the replies. The receipt stays open in its own tab. */
function makeAnswerLink(): HTMLAnchorElement {
  const link = make('a', word('done.answer'))
  link.href = '/' + document.documentElement.lang + '/answer/'
  link.target = '_blank'
  link.style.cssText = 'display:inline-block;padding:11px 0;margin:-11px 0'
  return link
}

/**
 * Explains who reads the report and where the answer appears; without a number, no answer appears
 * here. In a wide window, this text is in the second column, unless the emergency calls are there.
 */
function tellNext(isNumbered: boolean): void {
  const next = add(byId('done'), 'section')
  next.id = 'next-steps'
  add(next, 'h2', word('done.next'))
  const list = add(next, 'ul')
  list.style.cssText = 'margin:0;padding:0;list-style:none'
  const addItem = (icon: IconName, content: Node | string): void => {
    const item = add(list, 'li')
    item.style.cssText = 'display:flex;margin-bottom:.75rem'
    addIcon(item, icon).style.cssText = 'flex:none;width:1.35rem;margin:0 .75rem auto 0'
    add(item, 'span').append(content)
  }
  addItem('hand', word('readers'))
  if (isNumbered) {
    addItem('number', makeAnswerLink())
    addItem('clock', word('done.again'))
  }
  addDrawing(next, drawings.talk)
  if (byId('urgent').hidden)
    document.styleSheets[0]?.insertRule(
      '@media(min-width:60rem){' +
        '#next-steps{position:absolute;top:1.5rem;right:1rem;width:23rem}}',
      0,
    )
}

const saveReceipt: SaveReceipt = () => {
  const isNumbered = !byId('numbered').hidden
  // The report has been sent, so no questions remain to count or to go back to. The back key leaves
  // the page, and the browser asks for confirmation before the number is lost. A step of 0 would
  // reload the page.
  byId('count').textContent = ''
  if (stepsTaken()) history.go(-stepsTaken())
  drawCurl()
  if (isNumbered) {
    offerWays(byId('receipt').textContent)
    printOnlyNumber()
  }
  tellNext(isNumbered)
}

registerTool(saveReceipt)
