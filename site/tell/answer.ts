// Page `answer`: the number is typed, stays in memory, and opens what was written back.
import { KIND } from '#protocol/envelope'
import { readReceipt, receiptKeys, type ReceiptKeys } from '#protocol/receipt'
import { keepDraft } from './draft.ts'
import { groupAsTyped } from './group.ts'
import { keyRing } from './keys.ts'
import { clearProblem, showProblem, showSlip } from './problem.ts'
import { sealWords, withCrypto } from './seal.ts'
import { sendReport } from './send.ts'
import { destroyThread, readAnswers } from './thread.ts'
import { announceScript, byId, goTo, on, page, say } from './view.ts'
import { watchWriting } from './writing.ts'

const kept = document.querySelector('[data-keep]')

function start(): void {
  const ring = keyRing(page)
  const numberForm = byId<HTMLFormElement>('number')
  const endForm = byId<HTMLFormElement>('end')
  const receipt = byId<HTMLInputElement>('receipt')
  const text = byId<HTMLTextAreaElement>('text')
  const [thread, messages, none, note, reading] = ['thread', 'messages', 'none', 'note', 'reading'].map((id) =>
    byId(id),
  ) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement]
  let keys: ReceiptKeys | null = null

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
  const run = async (work: () => Promise<void>, form: HTMLFormElement): Promise<void> => {
    if (reading.textContent) return
    reading.textContent = say('reading')
    try {
      await work()
    } catch (failure) {
      showProblem(failure, form, form === numberForm)
    }
    reading.textContent = ''
  }

  const read = async (): Promise<void> => {
    clear()
    const typed = readReceipt(receipt.value)
    if (!('receipt' in typed)) return showSlip(receipt, typed.code)
    keys = await withCrypto(() => receiptKeys(typed.receipt))
    await readAnswers(keys, (answer) => {
      const item = add(messages, 'li', '')
      add(item, 'small', answer.day)
      add(item, 'p', answer.text).dir = 'auto'
      messages.hidden = false
    })
    thread.hidden = false
    goTo(messages.hidden ? none : messages)
  }

  const destroy = async (): Promise<void> => {
    clearProblem()
    if (keys) await destroyThread(keys)
    keys = null
    receipt.value = text.value = ''
    clear()
    tell('destroyed')
  }

  const now = (): string => JSON.stringify([receipt.value, text.value])
  const seal = (): ReturnType<typeof sealWords> =>
    sealWords(
      ring,
      { kind: KIND.followUp, danger: false, numbered: false, said: { lang: page.lang, text: text.value } },
      keys,
    )
  const draft = keepDraft(now, seal, ({ sealed }) => sealed)

  groupAsTyped(receipt)
  on('submit', numberForm, () => void run(read, numberForm))
  on('submit', endForm, () => void run(destroy, endForm))
  on('click', byId('plainly'), () => {
    numberForm.submit()
  })
  watchWriting({
    form: byId<HTMLFormElement>('form'),
    plainly: false,
    now,
    onInput() {},
    send: (onRetry) => sendReport(ring, (anew) => draft(anew).sealed, onRetry),
    onSent() {
      tell('written')
    },
  })
  thread.className = ''
  thread.hidden = true
}

// Filled by the worker: the person has chosen, or has, the plain way, and goes on in it.
if (kept && !kept.getAttribute('value')) start()
announceScript()
