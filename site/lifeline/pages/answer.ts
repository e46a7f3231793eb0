// Page `answer`: opens the replies with the receipt. The receipt is kept only in memory.
import '../dom/scripted.ts'
import { Refusal } from '#protocol/errors'
import { messageDay } from '#protocol/time'
import { readReceipt, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import type { ReplyFile } from '#protocol/report/plain-report'
import { callAt } from '../network/api.ts'
import { groupDigits } from '../form/receipt.ts'
import { clearProblem, showProblem, showTypo } from '../dom/errors.ts'
import { withCrypto } from '../reporting/seal-report.ts'
import { useTool, type Tool, type ToolContext } from '../dom/loader.ts'
import type { FollowUp } from '../tools/follow-up.ts'
import type { ReadFile } from '../tools/open-file.ts'
import { readReplies } from '../reporting/thread.ts'
import { byId } from '../dom/by-id.ts'
import { goTo, on, page, say, enableScript } from '../dom/page.ts'

const thread = byId('thread')
const messages = byId('messages')
const none = byId('none')
const note = byId('note')
const reading = byId('reading')
const receipt = byId<HTMLTextAreaElement>('receipt')
const form = byId<HTMLFormElement>('number')
callAt(page.hosts)
let keys: ReceiptKeys
/** The number whose replies the page already shows, while the thread's forms are still missing. */
let shown: string | null = null

/** The language tools share this object. */
const context = {} as ToolContext

const add = (parent: Element, tag: string, words: string): HTMLElement => {
  const child = parent.appendChild(document.createElement(tag))
  child.textContent = words
  return child
}

/**
 * Shows a message of the thread. A follow-up that was just sent has no `at` and shows today's date.
 */
const show = (words: string, at?: string): HTMLElement => {
  const item = add(messages, 'li', '')
  add(item, 'small', messageDay(new Date(at || Date.now())))
  add(item, 'p', words).dir = 'auto'
  messages.hidden = false
  return item
}

async function open(file: ReplyFile, button: HTMLElement): Promise<void> {
  try {
    await (
      await useTool<ReadFile>('read-file')
    )(file, button)
  } catch (failure) {
    showProblem(failure)
  }
}

async function showReplies(): Promise<void> {
  shown = null
  messages.textContent = ''
  thread.hidden = messages.hidden = none.hidden = note.hidden = true
  const typed = readReceipt(receipt.value)
  if (!('receipt' in typed)) throw new Refusal(typed.code)
  keys = await withCrypto(() => receiptKeys(typed.receipt))
  await readReplies(keys, (reply) => {
    const item = show(reply.text, reply.at)
    if (reply.arrived) add(item, 'small', say('arrived', reply.arrived))
    ;(reply.files || []).forEach((file, at) => {
      const button = add(item, 'button', say('file', at + 1))
      on('click', button, () => void open(file, button))
    })
  })
  shown = receipt.value
  goTo(messages.firstChild ? messages : none)
}

/** Reads one number at a time. A failure is shown, and the person can retry. */
async function read(): Promise<void> {
  if (reading.textContent) return
  clearProblem()
  reading.textContent = say('reading')
  try {
    // A retry after the replies have been shown fetches only the tool, and the replies remain on
    // the page.
    if (shown !== receipt.value) await showReplies()
    const showThread = await useTool<FollowUp>('follow-up')
    shown = null
    showThread(
      [keys.lookup, keys.write, keys.down, keys.up],
      [
        page,
        useTool,
        clearProblem,
        (code, own) => {
          showProblem(new Refusal(code), own)
        },
        showTypo,
        (words) => {
          show(words).className = 'me'
        },
      ],
    )
  } catch (failure) {
    const { code } = failure as Refusal
    if (/^receipt/.test(code)) showTypo(receipt, code)
    else showProblem(failure, form, true)
  }
  reading.textContent = ''
}

/** Shows the open page in the language of a link without losing the number or the replies. */
async function changeLanguage(link: HTMLElement): Promise<void> {
  context.wanted = link.lang
  try {
    const change = await useTool<Tool>('to-' + link.lang)
    change(context, link, [], false)
  } catch (failure) {
    showProblem(failure)
  }
}

document.querySelectorAll<HTMLElement>('header [lang]:not([aria-current])').forEach((link) => {
  link.addEventListener('click', (event) => {
    if (!receipt.value) return
    event.preventDefault()
    void changeLanguage(link)
  })
})
groupDigits(receipt)
receipt.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return
  event.preventDefault()
  void read()
})
on('submit', form, () => void read())
on('click', byId('plainly'), () => {
  form.submit()
})
enableScript()
// A wide window has room for a second column beside the form.
if (innerWidth > 959) useTool('aside').catch(() => null)
