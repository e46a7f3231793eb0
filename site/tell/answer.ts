// Page `answer`: the number is typed, stays in memory, and opens what was written back.
import { sha256, toB64 } from '#protocol/bytes'
import { KIND } from '#protocol/envelope'
import { readReceipt, receiptKeys, type ReceiptKeys } from '#protocol/receipt'
import type { AnswerFile } from '#protocol/report'
import { callAt } from './call.ts'
import { keepDraft } from './draft.ts'
import { watchQuickExit } from '../components/quick-exit.ts'
import { groupAsTyped } from './group.ts'
import { keyRing } from './keys.ts'
import { clearProblem, showProblem, showSlip } from './problem.ts'
import { sealSaid, withCrypto, type SealedReport } from './seal.ts'
import { sendReport } from './send.ts'
import { useTool } from './tools.ts'
import type { ReadFile } from './tools/read-file.ts'
import { destroyThread, readAnswers } from './thread.ts'
import { byId, goTo, on, page, say, takeOver, sealsHere } from './view.ts'
import { emptyForm, requireWords, sendPlainly, text, watchWriting } from './writing.ts'

const kept = document.querySelector('[data-keep]')
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
const ring = keyRing(page)
let keys: ReceiptKeys

const clear = (): void => {
  clearProblem()
  messages.textContent = ''
  thread.hidden = messages.hidden = none.hidden = note.hidden = true
}

const tell = (key: string): void => {
  note.textContent = say(key)
  goTo(note)
}

const add = (parent: Element, tag: string, words: string): HTMLElement => {
  const child = parent.appendChild(document.createElement(tag))
  child.textContent = words
  return child
}

/** One thing at a time; a failure is told, and the same can be tried again. */
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

async function open(file: AnswerFile, button: HTMLElement): Promise<void> {
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
  if (!('receipt' in typed)) return showSlip(receipt, typed.code)
  keys = await withCrypto(() => receiptKeys(typed.receipt))
  await readAnswers(keys, (answer) => {
    const item = add(messages, 'li', '')
    add(item, 'small', answer.at.slice(0, 10))
    add(item, 'p', answer.text).dir = 'auto'
    ;(answer.files || []).forEach((file, at) => {
      const button = add(item, 'button', say('file', at + 1))
      on('click', button, () => void open(file, button))
    })
    messages.hidden = false
  })
  thread.hidden = false
  goTo(messages.hidden ? none : messages)
}

async function destroy(): Promise<void> {
  await destroyThread(keys)
  receipt.value = ''
  emptyForm()
  clear()
  tell('destroyed')
}

const seal = (): Promise<SealedReport> =>
  withCrypto(async () => {
    const { lookup, write, down, up } = keys
    const open = {
      kind: KIND.followUp,
      danger: danger.checked,
      lookupHash: await sha256(lookup),
      writeHash: await sha256(write),
    }
    const envelope = await sealSaid(ring, open, {
      lang: document.documentElement.lang,
      text: text.value,
      // The number may have been ended elsewhere: then these words begin a thread of their own, and must be answerable.
      down: toB64(down),
      up: toB64(up),
    })
    return { envelope, headers: { 'oasis-write': toB64(write) }, receipt: '' }
  })

// Filled by the worker: the person has chosen, or has, the plain way, and goes on in it.
if (kept && !kept.getAttribute('value')) {
  const draft = keepDraft(
    () => receipt.value + text.value + String(danger.checked),
    seal,
    ({ sealed }) => sealed,
  )
  groupAsTyped(receipt)
  watch(numberForm, read)
  watch(endForm, destroy)
  sendPlainly(numberForm)
  watchWriting(
    (onRetry) => {
      requireWords()
      return sendReport(ring, (anew) => draft(anew).sealed, onRetry)
    },
    () => {
      tell('written')
    },
    false,
  )
  thread.hidden = true
  takeOver()
} else {
  watchQuickExit()
  sealsHere(false)
}
