// Page `answer`: opens the replies with the receipt. The receipt stays in memory only.
import '../dom/scripted.ts'
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { messageDay } from '#protocol/time'
import { readReceipt, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import type { ReplyFile } from '#protocol/report/plain-report'
import { callAt } from '../network/api.ts'
import { memoizeSealed } from '../reporting/sealed-draft.ts'
import { watchQuickExit } from '../../enhance/quick-exit.ts'
import { groupDigits } from '../form/receipt.ts'
import { clearProblem, showProblem, showTypo } from '../dom/errors.ts'
import { withCrypto, type SealedReport } from '../reporting/seal-report.ts'
import { sendReport } from '../reporting/send-report.ts'
import { useTool } from '../tools/loader.ts'
import type { FollowUp, NumberKeys, Writer } from '../tools/follow-up.ts'
import type { ReadFile } from '../tools/open-file.ts'
import { endOwnThread, readReplies } from '../reporting/thread.ts'
import { byId } from '../dom/by-id.ts'
import { guardUnload } from '../dom/guard-unload.ts'
import { goTo, on, page, say, enableScript, setSealing } from '../dom/page.ts'
import { emptyForm, isBegun, requireWords, sendPlainly, watchText } from '../form/text-form.ts'
import { text } from '../dom/page-state.ts'

const keptField = document.querySelector('[data-keep]')
const thread = byId('thread')
const messages = byId('messages')
const none = byId('none')
const note = byId('note')
const reading = byId('reading')
const receipt = byId<HTMLTextAreaElement>('receipt')
const danger = byId<HTMLInputElement>('yes')
const numberForm = byId<HTMLFormElement>('number')
const endForm = byId<HTMLFormElement>('end')
callAt(page.hosts)
let keys: ReceiptKeys
/** The number of follow-ups of this visit that the edge stored. */
let stored = 0

const clear = (): void => {
  clearProblem()
  messages.textContent = ''
  thread.hidden = messages.hidden = none.hidden = note.hidden = true
}

const showNote = (key: string): void => {
  note.textContent = say(key)
  goTo(note)
}

const add = (parent: Element, tag: string, words: string): HTMLElement => {
  const child = parent.appendChild(document.createElement(tag))
  child.textContent = words
  return child
}

/** Shows a message of the thread. A follow-up that was just sent has no `at` and shows today. */
const show = (words: string, at?: string): HTMLElement => {
  const item = add(messages, 'li', '')
  add(item, 'small', messageDay(new Date(at || Date.now())))
  add(item, 'p', words).dir = 'auto'
  messages.hidden = false
  return item
}

/** Runs the work of one form at a time. A failure is shown, and the person can retry. */
const watch = (form: HTMLFormElement, work: () => Promise<void>): void => {
  const run = async (): Promise<void> => {
    if (reading.textContent) return
    clearProblem()
    reading.textContent = say(form === endForm ? 'sending' : 'reading')
    try {
      await work()
    } catch (failure) {
      showProblem(failure, form, form === numberForm)
    }
    reading.textContent = ''
  }
  on('submit', form, () => void run())
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

async function read(): Promise<void> {
  clear()
  const typed = readReceipt(receipt.value)
  if (!('receipt' in typed)) {
    showTypo(receipt, typed.code)
    return
  }
  keys = await withCrypto(() => receiptKeys(typed.receipt))
  stored = 0
  await readReplies(keys, (reply) => {
    const item = show(reply.text, reply.at)
    if (reply.arrived) add(item, 'small', say('arrived', reply.arrived))
    ;(reply.files || []).forEach((file, at) => {
      const button = add(item, 'button', say('file', at + 1))
      on('click', button, () => void open(file, button))
    })
  })
  thread.hidden = false
  // Fetches the tool while the person reads.
  fetchWriter()
    .then((tool) => tool[2](numberKeys(), thread))
    .catch(() => null)
  goTo(messages.hidden ? none : messages)
}

async function destroy(): Promise<void> {
  await endOwnThread(keys, (attempt) => {
    reading.textContent = say('retry', attempt)
  })
  receipt.value = ''
  emptyForm()
  clear()
  showNote('destroyed')
}

let writer: Writer | null = null

/**
 * Returns the writer that seals a follow-up.
 *
 * @throws Refusal `network` when the tool does not arrive; the next call fetches it again
 */
const fetchWriter = async (): Promise<Writer> => {
  const make = await useTool<FollowUp>('follow-up')
  return (writer = writer || make(page, useTool))
}

const numberKeys = (): NumberKeys => [keys.lookup, keys.write, keys.down, keys.up]

const seal = (): Promise<SealedReport> =>
  withCrypto(async () => {
    const [sealLetter] = await fetchWriter()
    const envelope = await sealLetter(numberKeys(), danger.checked, text.value, stored)
    if (typeof envelope === 'string') throw new Refusal(envelope)
    return { envelope, headers: { 'oasis-write': toB64(keys.write) }, receipt: '' }
  })

const renew = async (): Promise<void> => {
  const code = await (await fetchWriter())[1]()
  if (code) throw new Refusal(code)
}

// On a page that the worker filled, the person continues with the form without sealing.
if (keptField && !keptField.getAttribute('value')) {
  const draft = memoizeSealed(
    () => receipt.value + text.value + String(danger.checked) + String(stored),
    seal,
  )
  groupDigits(receipt)
  watch(numberForm, read)
  watch(endForm, destroy)
  sendPlainly(numberForm)
  watchText(
    (onRetry) => {
      requireWords()
      return sendReport(renew, draft, onRetry)
    },
    () => {
      stored++
      show(text.value).className = 'me'
      none.hidden = true
      showNote('written')
    },
    false,
  )
  guardUnload(isBegun)
  thread.hidden = true
  enableScript()
} else {
  watchQuickExit()
  setSealing(false)
}
