// Page `send`: somebody else's locked letter, pasted, from a file, or read from codes, goes to the edge. Nothing is opened here.
import { readEnvelope } from '#protocol/envelope'
import { Refusal } from '#protocol/errors'
import { envelopeOf, lettersIn, missingOf } from '#protocol/hand-over'
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
callAt(page.hosts)

/** The text field holds all there is: what is read from files and codes is written into it. */
function tellFound(): void {
  found.textContent = lettersIn(text.value)
    .map((letter) => {
      const missing = missingOf(letter)
      return missing.length
        ? say('letter_missing', letter.pieces.length - missing.length) + ' ' + missing.join(', ')
        : say('letter_whole')
    })
    .join(' ')
}

const size = (words: string): number =>
  lettersIn(words).reduce((sum, letter) => sum + letter.pieces.length - missingOf(letter).length, 0)

/** Adds what holds a piece that is not there yet. */
function take(words: string): void {
  const more = text.value + '\n' + words
  if (size(more) > size(text.value)) text.value = more.trim()
  tellFound()
}

async function send(): Promise<void> {
  const letters = lettersIn(text.value)
  const whole = letters.filter((letter) => !missingOf(letter).length)
  if (!whole[0]) throw new Refusal(letters[0] ? 'letter_incomplete' : 'letter_unreadable')
  for (const letter of whole) {
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
    if (code) throw new Refusal(code)
  }
}

async function submit(): Promise<void> {
  if (text.readOnly) return
  clearProblem()
  done.hidden = true
  text.readOnly = true
  status.textContent = say('sending')
  try {
    await send()
    text.value = file.value = ''
    tellFound()
    goTo(done)
  } catch (failure) {
    const code = failure instanceof Refusal ? failure.code : 'network'
    if (code === 'network') showProblem(failure, form, false)
    else showSlip(text, /^letter/.test(code) ? code : 'malformed')
  }
  status.textContent = ''
  text.readOnly = false
}

const scan = (): Promise<Scan> => useTool<Scan>('scan')

async function readFiles(): Promise<void> {
  clearProblem()
  const before = text.value
  try {
    for (const each of Array.from(file.files || [])) {
      const words = /^image/.test(each.type)
        ? await (await scan()).readPicture(each, () => useTool('decode'))
        : [await new Response(each).text()]
      words.forEach(take)
    }
    if (before === text.value) found.textContent = say('no_code')
  } catch (failure) {
    showProblem(failure, form, false)
  }
  file.value = ''
}

on('submit', form, () => void submit())
on('change', file, () => void readFiles())
on('click', byId('scan'), () => {
  scan().then(
    (tool) => tool.watchCamera(byId('scan'), take, () => useTool('decode')),
    (failure: unknown) => {
      showProblem(failure, form, false)
    },
  )
})
text.addEventListener('input', tellFound)
takeOver()
