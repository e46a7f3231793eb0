// Page `send`: sends to the edge the letters that a person carries for others. The page does not
// open letters. A letter is pasted, read from a file, or read from QR codes.
import '../dom/scripted.ts'
import { readEnvelope } from '#protocol/report/envelope'
import { Refusal } from '#protocol/errors'
import {
  countsOf,
  envelopeOf,
  sendCarriedLetters,
  remainingText,
  missingOf,
  readCarriedLetters,
  type Count,
  type CarriedLetter,
} from '#protocol/report/carried-letter'
import { callAt } from '../network/api.ts'
import { clearProblem, showProblem, showTypo } from '../dom/errors.ts'
import { beginSearch, withProof } from '../reporting/proof-of-work.ts'
import type { Search } from '../reporting/search-proof.ts'
import { deliver } from '../reporting/send-report.ts'
import { useTool } from '../dom/loader.ts'
import type { Scan } from '../tools/scan-letter.ts'
import { byId } from '../dom/by-id.ts'
import { guardUnload } from '../dom/guard-unload.ts'
import { goTo, on, page, say, enableScript } from '../dom/page.ts'
import { isSending, setSending, text } from '../dom/page-state.ts'

const form = byId<HTMLFormElement>('form')
const file = byId<HTMLInputElement>('file')
const found = byId('found')
const status = byId('status')
const done = byId('done')
const part = byId('part')
callAt(page.hosts)

/** Settles as soon as the page is no longer sending. */
let sending = Promise.resolve()

/**
 * Shows which letters the text field contains. Files and codes add their pieces to this field too.
 */
function showFound(): void {
  found.textContent = readCarriedLetters(text.value)
    .letters.map((letter) => {
      const missing = missingOf(letter)
      return missing.length
        ? say('letter_missing', letter.pieces.length - missing.length) + ' ' + missing.join(', ')
        : say('letter_whole')
    })
    .join(' ')
}

function size(words: string): number {
  const { letters, unread } = readCarriedLetters(words)
  return letters.reduce(
    (sum, letter) => sum + letter.pieces.length - missingOf(letter).length,
    unread.length,
  )
}

/**
 * Adds text that contains a new piece of a letter. Waits while letters are being sent, because the
 * page rewrites the field when sending ends.
 *
 * @returns true when the text was added
 */
async function take(words: string): Promise<boolean> {
  await sending
  const more = text.value + '\n' + words
  const isNew = size(more) > size(text.value)
  if (isNew) {
    text.value = more.trim()
    // "All has arrived, delete it" is not true of the new piece, so the count replaces that text.
    if (!done.hidden) {
      part.hidden = false
      if (document.activeElement === done) part.focus()
      done.hidden = true
    }
  }
  showFound()
  return isNew
}

/**
 * Sends a letter.
 *
 * @returns false when the network fails
 * @throws Refusal when the letter is broken or the edge refuses it
 */
async function sendLetter(letter: CarriedLetter): Promise<boolean> {
  const envelope = await envelopeOf(letter)
  const { headerId } = readEnvelope(envelope)
  const search: Search = { headerId }
  beginSearch(search, () => useTool('prove'))
  const sealed = Promise.resolve({ envelope, headers: {}, receipt: '' })
  const code = await deliver(await withProof(search, sealed), (attempt) => {
    status.textContent = say('retry', attempt)
  })
  if (code && code !== 'network') throw new Refusal(code)
  return !code
}

/** Shows that all letters have arrived, or shows the counts if some letters remain. */
function showOutcome(counts: Record<Count, number>): void {
  for (const line of part.querySelectorAll<HTMLElement>('[data-count]')) {
    const count = counts[line.dataset['count'] as Count]
    line.hidden = !count
    line.querySelector('b')!.textContent = String(count)
  }
  goTo(text.value ? part : done)
}

/**
 * Sends each letter separately. Letters that did not arrive remain in the field and are counted.
 */
async function send(): Promise<void> {
  const entered = readCarriedLetters(text.value)
  if (!entered.letters[0]) throw new Refusal('letter_unreadable')
  const { on: outcome, refusal } = await sendCarriedLetters(entered, Infinity, sendLetter)
  const counts = countsOf(outcome)
  if (!counts.arrived && entered.letters.length < 2) {
    if (counts.waiting) throw new Refusal('network')
    throw refusal || new Refusal('letter_incomplete')
  }
  file.value = ''
  text.value = remainingText(outcome)
  showFound()
  if (counts.waiting) showProblem(null, form)
  showOutcome(counts)
}

async function submit(): Promise<void> {
  clearProblem()
  done.hidden = part.hidden = true
  setSending(true)
  status.textContent = say('sending')
  try {
    await send()
  } catch (failure) {
    const code = failure instanceof Refusal ? failure.code : 'network'
    if (code === 'network') showProblem(failure, form)
    else showTypo(text, /^letter/.test(code) ? code : 'malformed')
  }
  status.textContent = ''
  setSending(false)
}

const scan = (): Promise<Scan> => useTool<Scan>('scan')

async function readFiles(): Promise<void> {
  clearProblem()
  let isFound = false
  try {
    for (const each of Array.from(file.files || [])) {
      const words = /^image/.test(each.type)
        ? (await (await scan()).readPicture(each, () => useTool('decode'))).join('\n')
        : await new Response(each).text()
      if (await take(words)) isFound = true
    }
    if (!isFound) found.textContent = say('no_code')
  } catch (failure) {
    showProblem(failure)
  }
  file.value = ''
}

on('submit', form, () => {
  if (!isSending()) sending = submit()
})
on('change', file, () => void readFiles())
on('click', byId('scan'), () => {
  scan().then(
    (tool) =>
      tool.watchCamera(
        byId('scan'),
        (words) => void take(words),
        () => useTool('decode'),
      ),
    (failure: unknown) => {
      showProblem(failure)
    },
  )
})
text.addEventListener('input', showFound)
// Asks for confirmation before Back or a change of language loses a letter that consists of many
// codes.
guardUnload(() => text.value)
enableScript()
