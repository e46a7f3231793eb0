// Page `send`: somebody else's locked letter, pasted, from a file, or read from codes, goes to the edge. Nothing is opened here.
import { readEnvelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import {
  countsOf,
  envelopeOf,
  handOn,
  leftOf,
  missingOf,
  readHanded,
  type Count,
  type HandedLetter,
} from '#protocol/hand-over'
import { callAt } from './call.ts'
import type { Draft } from './draft.ts'
import { clearProblem, showProblem, showSlip } from './problem.ts'
import { proved, searchProof } from './proved.ts'
import { deliver } from './send.ts'
import { useTool } from './tools.ts'
import type { Scan } from './tools/scan.ts'
import { byId, goTo, on, page, say, takeOver } from './view.ts'

const form = byId<HTMLFormElement>('form')
const text = byId<HTMLTextAreaElement>('text')
const file = byId<HTMLInputElement>('file')
const found = byId('found')
const status = byId('status')
const done = byId('done')
const part = byId('part')
callAt(page.hosts)

/** Settles when nothing is being sent. */
let sending = Promise.resolve()

/** The text field holds all there is: what is read from files and codes is written into it. */
function tellFound(): void {
  found.textContent = readHanded(text.value)
    .letters.map((letter) => {
      const missing = missingOf(letter)
      return missing.length
        ? say('letter_missing', letter.pieces.length - missing.length) + ' ' + missing.join(', ')
        : say('letter_whole')
    })
    .join(' ')
}

function size(words: string): number {
  const { letters, unread } = readHanded(words)
  return letters.reduce(
    (sum, letter) => sum + letter.pieces.length - missingOf(letter).length,
    unread.length,
  )
}

/**
 * Adds what holds a piece that is not there yet. Waits while a letter is being sent: the end of that writes the field anew.
 *
 * @returns whether anything was added
 */
async function take(words: string): Promise<boolean> {
  await sending
  const more = text.value + '\n' + words
  const isNew = size(more) > size(text.value)
  if (isNew) {
    text.value = more.trim()
    // "All has arrived, delete it" is not true of what was added: the number of those that have arrived takes its place.
    if (!done.hidden) {
      part.hidden = false
      if (document.activeElement === done) part.focus()
      done.hidden = true
    }
  }
  tellFound()
  return isNew
}

/** False when the network does not carry it now. Throws Refusal when it is refused. */
async function sendLetter(letter: HandedLetter): Promise<boolean> {
  const envelope = await envelopeOf(letter)
  readEnvelope(envelope)
  const draft: Draft = {
    writing: '',
    sealed: Promise.resolve({ envelope, headers: {}, receipt: '' }),
    work: Promise.resolve(),
    dropped: false,
  }
  draft.work = searchProof(() => useTool('prove'))(draft)
  const code = await deliver(await proved(draft), (attempt) => {
    status.textContent = say('retry', attempt)
  })
  if (code && code !== 'network') throw new Refusal(code)
  return !code
}

/** That all has arrived, when nothing is left; else how many. */
function showOutcome(counts: Record<Count, number>): void {
  for (const line of Array.from(part.children) as HTMLElement[]) {
    const count = counts[line.dataset['count'] as Count]
    line.hidden = !count
    line.querySelector('b')!.textContent = String(count)
  }
  goTo(text.value ? part : done)
}

/** Each letter by itself; what has not arrived stays in the field, and is counted. */
async function send(): Promise<void> {
  const handed = readHanded(text.value)
  if (!handed.letters[0]) throw new Refusal('letter_unreadable')
  const { on: outcome, refusal } = await handOn(handed, Infinity, sendLetter)
  const counts = countsOf(outcome)
  if (!counts.arrived && handed.letters.length < 2) {
    if (counts.waiting) throw new Refusal('network')
    throw refusal || new Refusal('letter_incomplete')
  }
  file.value = ''
  text.value = leftOf(outcome)
  tellFound()
  if (counts.waiting) showProblem(null, form)
  showOutcome(counts)
}

async function submit(): Promise<void> {
  clearProblem()
  done.hidden = part.hidden = true
  text.readOnly = true
  status.textContent = say('sending')
  try {
    await send()
  } catch (failure) {
    const code = failure instanceof Refusal ? failure.code : 'network'
    if (code === 'network') showProblem(failure, form)
    else showSlip(text, /^letter/.test(code) ? code : 'malformed')
  }
  status.textContent = ''
  text.readOnly = false
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
  if (!text.readOnly) sending = submit()
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
text.addEventListener('input', tellFound)
takeOver()
